// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.crossing.Crossing;

/**
 * One crossing in full.
 *
 * @param crossing the crossing
 * @param times how to show times
 */
public record CrossingView(Crossing crossing, Times times) implements View {
    @Override
    public String text(int width) {
        Fields fields = new Fields()
                .add("Crossing", crossing.id())
                .add("Arrived", times.full(crossing.arrived()))
                .add(
                        "Request",
                        crossing.protocol() + " " + crossing.method() + ", " + PeersView.word(crossing.direction()))
                .add("Sender", crossing.sender().toString())
                .add("Recipient", crossing.recipient().toString())
                .add("Came from", crossing.from())
                .add("Went to", crossing.to())
                .add("Route", crossing.route())
                .add(
                        "Outcome",
                        PeersView.word(crossing.outcome()) + ": "
                                + crossing.reason().text())
                .add("Answer", crossing.answer())
                .add("Took ms", StepsView.millis(crossing.took()))
                .add("Remedy", crossing.reason().remedy());
        return fields.text(width) + "\n" + ExplanationView.rules(crossing.rules(), width);
    }

    @Override
    public Object data() {
        return crossing;
    }
}
