// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a message would pass or not: the verdict of each rule, then what was tried along the route.
 *
 * @param sender from whom
 * @param recipient to whom
 * @param explanation what was found
 */
public record ExplanationView(Address sender, Address recipient, Explanation explanation) implements View {
    @Override
    public String text(int width) {
        Verdict verdict = explanation.verdict();
        StringBuilder text = new StringBuilder();
        text.append(Prose.wrapped(
                (verdict.allowed() ? "ALLOWED: " : "REFUSED: ") + sender + " to " + recipient
                        + (verdict.allowed() ? "" : ": " + blamed(verdict.reason())),
                width));
        if (!verdict.allowed() && !verdict.reason().remedy().isEmpty()) {
            text.append(Prose.wrapped("Remedy: " + verdict.reason().remedy(), width));
        }
        text.append('\n').append(rules(verdict.rules(), width));
        verdict.route().ifPresent(route -> text.append('\n').append(Prose.wrapped("Route: " + route, width)));
        if (!explanation.steps().isEmpty()) {
            text.append('\n').append(new StepsView(explanation.steps()).text(width));
        }
        return text.toString();
    }

    @Override
    public Object data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("sender", sender);
        data.put("recipient", recipient);
        data.put("allowed", explanation.verdict().allowed());
        data.put("reason", explanation.verdict().reason());
        data.put("remedy", explanation.verdict().reason().remedy());
        data.put("route", explanation.verdict().route().map(Object::toString));
        data.put("rules", explanation.verdict().rules());
        data.put("steps", explanation.steps());
        return data;
    }

    private static String blamed(Reason reason) {
        return reason.text() + " (" + reason.fault().text() + ")";
    }

    static String rules(Iterable<RuleResult> rules, int width) {
        Table table = new Table().kept("").kept("RULE").wrapped("BECAUSE");
        for (RuleResult rule : rules) {
            table.row(rule.passed() ? "ok" : "NO", rule.rule().title(), rule.detail());
        }
        return table.isEmpty() ? "No rule was asked.\n" : table.text(width);
    }
}
