// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Reason;
import java.util.List;

/**
 * The last crossings, newest first.
 *
 * @param crossings the crossings
 * @param times how to show times
 */
public record TraceView(List<Crossing> crossings, Times times) implements View {
    @Override
    public String text(int width) {
        if (crossings.isEmpty()) {
            return "No crossing since the start matches.\n";
        }
        Table table = new Table()
                .kept(times.title("WHEN"))
                .kept("WAY")
                .cut("SENDER")
                .cut("RECIPIENT")
                .kept("OUTCOME")
                .cut("WHY")
                .extra("ANSWER")
                .extra("ID")
                .extra("METHOD")
                .extra("MS");
        for (Crossing crossing : crossings) {
            table.row(
                    times.cell(crossing.arrived()),
                    crossing.direction() == Direction.INBOUND ? "in" : "out",
                    crossing.sender(),
                    crossing.recipient(),
                    PeersView.word(crossing.outcome()),
                    crossing.reason() == Reason.ALLOWED ? "" : crossing.reason().text(),
                    crossing.answer(),
                    crossing.id(),
                    crossing.method(),
                    StepsView.millis(crossing.took()));
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return crossings;
    }
}
