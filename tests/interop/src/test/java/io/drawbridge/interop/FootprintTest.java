// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.ProcessUsage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the appliance as it is shipped takes of a machine. */
final class FootprintTest {
    /** What two processors give in 20 seconds; unlike a clock it does not ask what else the machine is doing. */
    private static final double CPU_SECONDS_TO_SERVE = 2 * 20.0;

    private static final long RESIDENT_BYTES = 400_000_000;

    @TempDir
    private static Path directory;

    @Test
    void itServesWithin20SecondsOfTwoProcessorsAndIn400Megabytes() {
        try (Appliance appliance = new Appliance("alone", Distribution.unpack(directory), directory).start()) {
            ProcessUsage used = ProcessUsage.of(appliance.process().pid());
            assertThat(used.cpuSeconds()).isPositive().isLessThan(CPU_SECONDS_TO_SERVE);
            assertThat(used.residentBytes()).isPositive().isLessThan(RESIDENT_BYTES);
        }
    }
}
