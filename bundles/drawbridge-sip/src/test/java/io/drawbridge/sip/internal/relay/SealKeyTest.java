// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealKeyTest {
    @TempDir
    Path directory;

    @Test
    void aDialogOutlivesARestart() {
        Path file = directory.resolve("seal.key");
        String before = new RouteSeal(SealKey.keptIn(file)).of("c1", "fabrikam.example", Optional.empty());

        assertThat(new RouteSeal(SealKey.keptIn(file)).of("c1", "fabrikam.example", Optional.empty()))
                .isEqualTo(before)
                .hasSize(16);
    }

    @Test
    void nobodyElseReadsTheKey() throws Exception {
        Path file = directory.resolve("seal.key");
        SealKey.keptIn(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesAKeyForThisRun() {
        Path nowhere = directory.resolve("missing").resolve("seal.key");
        String seal = new RouteSeal(SealKey.keptIn(nowhere)).of("c1", "fabrikam.example", Optional.empty());

        assertThat(new RouteSeal(SealKey.keptIn(nowhere)).of("c1", "fabrikam.example", Optional.empty()))
                .isNotEqualTo(seal);
    }

    @Test
    void callAndDomainCannotBeShiftedIntoEachOther() {
        RouteSeal seal = new RouteSeal(SealKey.forThisRun());

        assertThat(seal.of("c1", "fabrikam.example", Optional.empty()))
                .isNotEqualTo(seal.of("c1f", "abrikam.example", Optional.empty()));
    }
}
