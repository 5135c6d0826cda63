// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Tells a vendor which rule was broken, where it is written, what to do, and what had happened. */
final class Verdict implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        Clause clause = context.getRequiredTestMethod().getAnnotation(Clause.class);
        if (clause == null || !(thrown instanceof Finding)) {
            throw thrown;
        }
        List<String> happened = context.getRequiredTestInstances()
                .findInstance(ProviderContract.class)
                .map(test -> test.stage().journal().last())
                .orElse(List.of());
        Finding verdict = new Finding(text(clause, thrown.getMessage(), happened), thrown.getCause());
        verdict.setStackTrace(thrown.getStackTrace());
        throw verdict;
    }

    private static String text(Clause clause, String found, List<String> happened) {
        StringBuilder text = new StringBuilder()
                .append(clause.rule())
                .append("\n  Found:   ")
                .append(found)
                .append("\n  Written: Javadoc of ")
                .append(clause.written().getName())
                .append("; docs/vendor-guide.md\n  Remedy:  ")
                .append(clause.remedy())
                .append('\n');
        if (!happened.isEmpty()) {
            text.append("  What had happened:\n");
            happened.forEach(line -> text.append("    ").append(line).append('\n'));
        }
        return text.toString();
    }
}
