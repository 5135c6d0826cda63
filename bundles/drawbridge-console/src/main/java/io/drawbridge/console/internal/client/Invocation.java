// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the shell client was asked to do.
 *
 * @param user who logs in
 * @param password with what; empty to ask
 * @param port of the shell
 * @param columns the width of the terminal; empty if there is none
 * @param command what to run; empty to type into the shell
 */
record Invocation(String user, Optional<String> password, int port, Optional<String> columns, String command) {
    private static final String USER_OPTION = "-u";
    /** Words that mean themselves in the shell. */
    private static final Pattern PLAIN = Pattern.compile("[\\w@:.,/=+*~-]+");

    /**
     * Reads the environment, which the script completes, and the words after {@code drawbridge shell}. The password of the
     * environment is the administrator's, nobody else's. A single word is a line as typed into the shell; of several,
     * each stays the one argument it is.
     */
    static Invocation of(Map<String, String> environment, List<String> words) {
        String administrator = environment.getOrDefault("DRAWBRIDGE_ADMIN", "admin");
        boolean named = words.size() > 1 && words.get(0).equals(USER_OPTION);
        String user = named ? words.get(1) : administrator;
        return new Invocation(
                user,
                Optional.ofNullable(environment.get("DRAWBRIDGE_ADMIN_PASSWORD"))
                        .filter(password -> !password.isEmpty() && user.equals(administrator)),
                Integer.parseInt(environment.getOrDefault("DRAWBRIDGE_SHELL_PORT", "8101")),
                Optional.ofNullable(environment.get("COLUMNS")).filter(columns -> columns.matches("[0-9]{1,4}")),
                line(named ? words.subList(2, words.size()) : words));
    }

    private static String line(List<String> words) {
        return words.size() == 1
                ? words.get(0)
                : words.stream().map(Invocation::argument).collect(Collectors.joining(" "));
    }

    private static String argument(String word) {
        return PLAIN.matcher(word).matches() ? word : '"' + word.replaceAll("[\\\\\"$]", "\\\\$0") + '"';
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return user + ": " + command;
    }
}
