// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.line.CaseMapping;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Octets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the server said of its limits and ways: {@code RPL_ISUPPORT}. Keeps only what is asked for here. */
final class Support {
    private static final Set<String> ASKED = Set.of(
            "NICKLEN",
            "USERLEN",
            "HOSTLEN",
            "LINELEN",
            "AWAYLEN",
            "MONITOR",
            "TARGMAX",
            "CASEMAPPING",
            "UTF8MAPPING",
            "CLIENTTAGDENY");
    private static final int LONGEST_VALUE = 512;
    private static final int MOST = 100_000;

    private final Map<String, String> values = new HashMap<>();

    /** Takes a line of it: the first parameter is the own nick, the last a text for people. */
    void take(Line line) {
        List<String> params = line.params();
        for (String token : params.subList(Math.min(1, params.size()), Math.max(1, params.size() - 1))) {
            take(token);
        }
    }

    private void take(String token) {
        int equals = token.indexOf('=');
        String key = (equals < 0 ? token : token.substring(0, equals)).toUpperCase(Locale.ROOT);
        if (key.startsWith("-")) {
            values.remove(key.substring(1));
        } else if (ASKED.contains(key)) {
            String value = equals < 0 ? "" : token.substring(equals + 1);
            values.put(key, value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
        }
    }

    private int number(String key, int otherwise, int least, int most) {
        return bounded(values.getOrDefault(key, ""), otherwise, least, most);
    }

    private static int bounded(String digits, int otherwise, int least, int most) {
        return digits.matches("[0-9]{1,9}") ? Math.max(least, Math.min(most, Integer.parseInt(digits))) : otherwise;
    }

    CaseMapping caseMapping() {
        String wide = values.getOrDefault("UTF8MAPPING", "");
        return wide.isEmpty()
                ? CaseMapping.named(values.getOrDefault("CASEMAPPING", "rfc1459"))
                : CaseMapping.named(wide);
    }

    /** Returns how many nicks may be watched by {@code MONITOR}; none if the server does not know it. */
    int monitored() {
        if (!values.containsKey("MONITOR")) {
            return 0;
        }
        return number("MONITOR", MOST, 0, MOST);
    }

    /** Returns how many targets a command may have in one line. */
    int targets(String command) {
        for (String entry : values.getOrDefault("TARGMAX", "").split(",", -1)) {
            if (entry.toUpperCase(Locale.ROOT).startsWith(command + ":")) {
                return bounded(entry.substring(command.length() + 1), MOST, 1, MOST);
            }
        }
        return MOST;
    }

    /** Returns how many octets a line may have besides its tags, CR LF included. */
    int lineLength() {
        return number("LINELEN", Line.LONGEST_REST, Line.LONGEST_REST, 8 * Line.LONGEST_REST);
    }

    /**
     * Returns how many octets of text fit into a message, after what the server puts before it when it passes it on: the
     * longest user and host there may be, as nobody is told for sure what others see of them.
     */
    int messageLength(String nick, String target) {
        int source = 1
                + Math.max(number("NICKLEN", 0, 0, 64), Octets.count(nick))
                + 1
                + number("USERLEN", 18, 1, 64)
                + 1
                + number("HOSTLEN", 64, 1, 128);
        int frame = " PRIVMSG ".length() + Octets.count(target) + " :".length() + 2;
        return Math.max(100, lineLength() - source - frame);
    }

    int awayLength() {
        return number("AWAYLEN", 200, 1, 390);
    }

    /** Returns whether clients may tell each other something by a tag. */
    boolean passes(String clientTag) {
        List<String> denied = List.of(values.getOrDefault("CLIENTTAGDENY", "").split(",", -1));
        return denied.contains("*") ? denied.contains("-" + clientTag) : !denied.contains(clientTag);
    }
}
