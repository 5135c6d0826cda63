// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A sound provider keeps every contract, and each planted fault is found by the contract that forbids it. */
final class ContractsTest {
    static final String BUNDLE = "drawbridge.testkit.bundle";

    @TempDir
    private Path bundle;

    @BeforeEach
    void pack() throws IOException {
        System.setProperty(BUNDLE, bundle.toString());
        pack(Fault.NONE);
    }

    @AfterEach
    void forget() {
        System.clearProperty(BUNDLE);
        System.clearProperty(LineProvider.FAULT);
        System.getProperties().remove(EndFaults.MEMORY);
    }

    private void pack(Fault fault) throws IOException {
        Path manifest = bundle.resolve("META-INF/MANIFEST.MF");
        Files.createDirectories(manifest.getParent());
        Files.write(manifest, fault.manifest());
        for (String file : fault.packed()) {
            Files.createDirectories(bundle.resolve(file).getParent());
            Files.createFile(bundle.resolve(file));
        }
    }

    @Test
    void aSoundProviderKeepsEveryContract() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Planted.class))
                .execute();
        assertThat(failures(results)).isEmpty();
        assertThat(results.testEvents().aborted().list())
                .as("what was not shown")
                .isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(contracts());
    }

    /** Returns how many contracts there are. */
    private static long contracts() {
        return Stream.of(ProviderContract.class.getDeclaredClasses())
                .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Clause.class))
                .count();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultIsFoundByTheContractThatForbidsIt(Fault fault) throws ReflectiveOperationException, IOException {
        System.setProperty(LineProvider.FAULT, fault.name());
        pack(fault);
        Class<?> group = Class.forName(ProviderContract.class.getName() + "$" + fault.group());
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectNestedMethod(List.of(Planted.class), group, fault.contract()))
                .execute();
        Clause clause =
                group.getSuperclass().getDeclaredMethod(fault.contract()).getAnnotation(Clause.class);
        assertThat(failures(results))
                .singleElement(as(STRING))
                .startsWith(clause.rule())
                .contains(fault.found())
                .contains(clause.written().getName())
                .contains(clause.remedy());
    }

    @Test
    void eachContractFindsAFault() {
        List<String> found = Arrays.stream(Fault.values()).map(Fault::contract).toList();
        List<String> contracts = Stream.of(ProviderContract.class.getDeclaredClasses())
                .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Clause.class))
                .map(Method::getName)
                .collect(Collectors.toList());
        assertThat(found).containsAll(contracts);
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();
    }
}
