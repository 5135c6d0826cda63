// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same as {@link ContractsTest}, of a provider with a gateway. */
final class GatewayContractsTest {
    private static final Examination EXAMINATION = new Examination(GatewayContract.class, PlantedGateway.class);

    @TempDir
    private Path bundle;

    @BeforeEach
    void pack() throws IOException {
        System.setProperty(ContractsTest.BUNDLE, bundle.toString());
        Files.createDirectories(bundle.resolve("META-INF"));
        Files.write(bundle.resolve("META-INF/MANIFEST.MF"), Fault.NONE.manifest());
    }

    @AfterEach
    void forget() {
        System.clearProperty(ContractsTest.BUNDLE);
        System.clearProperty(LineProvider.FAULT);
    }

    @Test
    void aSoundProviderKeepsEveryContract() {
        Examination.Result result = EXAMINATION.all();
        assertThat(result.failures()).isEmpty();
        assertThat(result.aborted()).as("what was not shown").isZero();
        assertThat(result.succeeded()).isEqualTo(EXAMINATION.tests().size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultIsFoundByTheContractThatForbidsIt(GatewayFault fault) {
        System.setProperty(LineProvider.FAULT, fault.name());
        Clause clause = EXAMINATION.clause(fault.group(), fault.contract());
        assertThat(EXAMINATION.only(fault.group(), fault.contract()).failures())
                .singleElement(as(STRING))
                .startsWith(clause.rule())
                .contains(fault.found())
                .contains(clause.remedy());
    }

    @Test
    void eachContractOfAGatewayFindsAFault() {
        List<String> own = EXAMINATION.tests().stream()
                .filter(test -> test.startsWith("Presets.") || test.startsWith("Addresses."))
                .toList();
        assertThat(Arrays.stream(GatewayFault.values()).map(fault -> fault.group() + "." + fault.contract()))
                .containsAll(own);
    }
}
