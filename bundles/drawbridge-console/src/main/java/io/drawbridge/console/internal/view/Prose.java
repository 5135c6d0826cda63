// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

/** Sentences broken into lines of a width, continued under an indent. */
final class Prose {
    private static final String INDENT = "  ";

    private Prose() {}

    static String wrapped(String text, int width) {
        StringBuilder wrapped = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : Table.printable(text).split(" +", -1)) {
            if (line.length() > INDENT.length() && line.length() + 1 + word.length() > width) {
                wrapped.append(line).append('\n');
                line.setLength(0);
                line.append(INDENT).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        return wrapped.append(line).append('\n').toString();
    }
}
