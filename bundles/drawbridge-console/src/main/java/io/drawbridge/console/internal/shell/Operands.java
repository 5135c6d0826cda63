// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.shell;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.CommandException;

/** The words after an action, asked for by name, so that what is missing can be told by name. */
public final class Operands {
    private final String usage;
    private final List<String> words;

    /**
     * Takes the words.
     *
     * @param usage how the command reads, such as {@code drawbridge:domains allow DOMAIN}
     */
    public Operands(String usage, List<String> words) {
        this.usage = usage;
        this.words = words;
    }

    /** Returns exactly one word for each name. */
    public List<String> exactly(String... names) throws CommandException {
        if (words.size() != names.length) {
            throw wrong(names);
        }
        return words;
    }

    /** Returns at least one word for each name; the last name may have more. */
    public List<String> atLeast(String... names) throws CommandException {
        if (words.size() < names.length) {
            throw wrong(names);
        }
        return words;
    }

    private CommandException wrong(String... names) {
        return new CommandException("it reads: " + usage
                + List.of(names).stream().map(name -> " " + name).collect(Collectors.joining()));
    }
}
