// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.configuration.InvalidSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A refused setting with all an administrator needs to mend it. */
public final class ProblemText {
    private ProblemText() {}

    /** Returns PID, key, value and rule, one to a line. */
    public static String of(InvalidSetting problem, int width) {
        return new Fields()
                .add("PID", problem.pid())
                .add("Key", problem.key())
                .add("Value", problem.value())
                .add("Rule", problem.rule())
                .text(width);
    }

    /**
     * Returns refused settings as the text of a refusal, with what to do.
     *
     * @param stored whether they were stored before their reader refused them
     */
    public static String refusal(List<InvalidSetting> problems, boolean stored, int width) {
        StringBuilder text = new StringBuilder(
                stored
                        ? "stored, but refused by what reads it; what was in force before stays in force.\n"
                        : "refused; nothing was changed.\n");
        problems.forEach(problem -> text.append(of(problem, width)));
        String remedy = stored
                ? "Remedy: store a value that meets the rule; drawbridge:status lists this one until then."
                : "Remedy: give a value that meets the rule; drawbridge:status shows what is in force.";
        return text.append(Prose.wrapped(remedy, width)).toString().stripTrailing();
    }

    /** Returns the same refusal for a program. */
    public static Map<String, Object> data(List<InvalidSetting> problems, boolean stored) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("error", "refused");
        data.put("stored", stored);
        data.put("problems", problems.stream().map(ProblemText::data).toList());
        return data;
    }

    static Map<String, Object> data(InvalidSetting problem) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("pid", problem.pid());
        data.put("key", problem.key());
        data.put("value", problem.value());
        data.put("rule", problem.rule());
        return data;
    }
}
