// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

/** A snapshot of something, ready to be shown to a person or a program. */
public interface View {
    /** Returns it as lines for a terminal of {@code width} columns, each ended by a line feed. */
    String text(int width);

    /** Returns it as values for {@link Json}. */
    Object data();
}
