// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param effort how long and how often is measured
 * @param parts what is measured
 * @param targets names of the targets, empty for all
 * @param output where reports go
 */
record Arguments(Effort effort, List<String> parts, List<String> targets, Path output) {
    /** Reads a command line; parts that are not named are all wanted, except that a first look takes the first only. */
    static Arguments of(String[] arguments, List<String> allParts) {
        Effort effort = Effort.FULL;
        List<String> parts = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        Path output = Path.of("target", "benchmarks");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> effort = Effort.QUICK;
                case "--target" -> targets.add(value(arguments, ++i));
                case "--out" -> output = Path.of(value(arguments, ++i));
                default -> parts.add(part(arguments[i], allParts));
            }
        }
        if (parts.isEmpty()) {
            parts.addAll(effort.equals(Effort.QUICK) ? allParts.subList(0, 1) : allParts);
        }
        return new Arguments(effort, List.copyOf(parts), List.copyOf(targets), output);
    }

    private static String part(String argument, List<String> allParts) {
        if (!allParts.contains(argument)) {
            throw new IllegalArgumentException("'" + argument + "' is none of " + allParts);
        }
        return argument;
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
        }
        return arguments[index];
    }

    /** Returns whether a target is to be measured. */
    boolean wants(String target) {
        return targets.isEmpty() || targets.contains(target);
    }

    boolean has(String part) {
        return parts.contains(part);
    }
}
