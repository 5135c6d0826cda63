// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Runs contract tests as a vendor's build does.
 *
 * @param contract the contract
 * @param vendor the vendor's test
 */
record Examination(Class<? extends Contract> contract, Class<? extends Contract> vendor) {
    /** What came of it. */
    record Result(List<String> failures, long aborted, long succeeded) {}

    Result all() {
        return run(selectClass(vendor));
    }

    Result only(String group, String name) {
        return run(selectNestedMethod(List.of(vendor), group(group), name));
    }

    private Class<?> group(String name) {
        return Stream.of(contract.getDeclaredClasses())
                .filter(group -> group.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Clause clause(String group, String name) {
        return Arrays.stream(group(group).getSuperclass().getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getAnnotation(Clause.class);
    }

    /** Returns the names of all contract tests, each with its group. */
    List<String> tests() {
        return Stream.of(contract.getDeclaredClasses())
                .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Clause.class))
                        .map(Method::getName)
                        .map(name -> group.getSimpleName() + "." + name))
                .toList();
    }

    private static Result run(DiscoverySelector selected) {
        EngineExecutionResults results =
                EngineTestKit.engine("junit-jupiter").selectors(selected).execute();
        List<String> failures = results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();
        return new Result(
                failures,
                results.testEvents().aborted().count(),
                results.testEvents().succeeded().count());
    }
}
