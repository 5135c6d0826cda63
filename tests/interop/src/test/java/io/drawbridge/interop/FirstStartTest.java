// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Appliance;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start of an appliance, on which its administrator is made. */
final class FirstStartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    @Test
    void theAdministratorAndTheCommandsAreThereWhenTheShellListens() {
        try (Appliance appliance = new Appliance("edge", Distribution.unpack(directory), directory)) {
            CompletableFuture<String> logged = CompletableFuture.supplyAsync(() -> {
                Eventually.await("the shell to listen", PATIENCE, () -> listens(appliance.shellPort()));
                return appliance.log();
            });
            appliance.start();
            assertThat(logged.join()).contains("Made the administrator admin");
            assertThat(appliance.shell("drawbridge:status")).contains("No listener is configured.");
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
