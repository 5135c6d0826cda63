// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.diagnosis.Step.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Steps that were tried, in order, and what to do about the one that failed.
 *
 * @param steps the steps
 */
public record StepsView(List<Step> steps) implements View {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String text(int width) {
        if (steps.isEmpty()) {
            return "Nothing was tried.\n";
        }
        Table table = new Table().kept("").cut("STEP").kept("MS").wrapped("FOUND");
        StringBuilder remedies = new StringBuilder();
        for (Step step : steps) {
            table.row(mark(step.result()), step.name(), millis(step.took()), step.detail());
            if (step.result() == Result.FAILED) {
                remedies.append(Prose.wrapped(step.name() + ": " + step.detail(), width));
                remedies.append(Prose.wrapped("Remedy: " + step.remedy(), width));
            }
        }
        return table.text(width) + (remedies.isEmpty() ? "" : "\n" + remedies);
    }

    @Override
    public Object data() {
        return steps;
    }

    static String millis(Duration took) {
        return took.isZero() ? "" : String.format(Locale.ROOT, "%.1f", took.toNanos() / NANOS_PER_MILLI);
    }

    private static String mark(Result result) {
        return switch (result) {
            case OK -> "ok";
            case FAILED -> "FAIL";
            case SKIPPED -> "-";
        };
    }
}
