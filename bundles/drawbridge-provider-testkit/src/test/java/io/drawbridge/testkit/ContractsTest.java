// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sound provider keeps every contract, and each planted fault is found by the contract that forbids it. */
final class ContractsTest {
    static final String BUNDLE = "drawbridge.testkit.bundle";
    static final String IN_LINES = "drawbridge.testkit.inLines";

    private static final Examination EXAMINATION = new Examination(ProviderContract.class, Planted.class);

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
        System.clearProperty(IN_LINES);
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
        Examination.Result result = EXAMINATION.all();
        assertThat(result.failures()).isEmpty();
        assertThat(result.aborted()).as("what was not shown").isZero();
        assertThat(result.succeeded()).isEqualTo(EXAMINATION.tests().size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultIsFoundByTheContractThatForbidsIt(Fault fault) throws IOException {
        System.setProperty(LineProvider.FAULT, fault.name());
        pack(fault);
        Clause clause = EXAMINATION.clause(fault.group(), fault.contract());
        assertThat(EXAMINATION.only(fault.group(), fault.contract()).failures())
                .singleElement(as(STRING))
                .startsWith(clause.rule())
                .contains(fault.found())
                .contains(clause.written().getName())
                .contains(clause.remedy());
    }

    @Test
    void aNetworkOfLinesMayTakeAMessageApartWhereItHasLines() {
        System.setProperty(IN_LINES, "true");
        System.setProperty(LineProvider.FAULT, Fault.LETS_A_LINE_BREAK_OUT.name());
        Examination.Result result = EXAMINATION.only("Deliveries", "noTextBreaksOutOfItsMessage");
        assertThat(result.failures()).isEmpty();
        assertThat(result.succeeded()).isEqualTo(1);
    }

    @Test
    void onANetworkOfLinesNothingIsCutEither() {
        System.setProperty(IN_LINES, "true");
        System.setProperty(LineProvider.FAULT, Fault.CUTS_LONG_MESSAGES.name());
        assertThat(EXAMINATION.only("Deliveries", "theLongestMessageIsNotCut").failures())
                .singleElement(as(STRING))
                .contains(Fault.CUTS_LONG_MESSAGES.found());
    }

    @Test
    void eachContractFindsAFault() {
        assertThat(Arrays.stream(Fault.values()).map(fault -> fault.group() + "." + fault.contract()))
                .containsAll(EXAMINATION.tests());
    }
}
