// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;

/**
 * One crossing as a line that needs no title above it.
 *
 * @param crossing the crossing
 * @param times how to show times
 */
public record CrossingLine(Crossing crossing, Times times) implements View {
    @Override
    public String text(int width) {
        StringBuilder line = new StringBuilder(times.full(crossing.arrived()))
                .append(crossing.direction() == Direction.INBOUND ? " in  " : " out ")
                .append(crossing.method())
                .append(' ')
                .append(crossing.sender())
                .append(" → ")
                .append(crossing.recipient())
                .append(": ")
                .append(PeersView.word(crossing.outcome()));
        if (crossing.reason() != Reason.ALLOWED) {
            line.append(", ").append(crossing.reason().text());
        }
        if (!crossing.answer().isEmpty()) {
            line.append(", ").append(crossing.answer());
        }
        return Prose.wrapped(line.append(" (").append(crossing.id()).append(')').toString(), width);
    }

    @Override
    public Object data() {
        return crossing;
    }
}
