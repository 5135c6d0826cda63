// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void itEndsWhenTheProcessThatStartedItIsKilled() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (ChildProcess parent = ChildProcess.start(
                "parent",
                directory,
                List.of(java, "-cp", System.getProperty("java.class.path"), Parent.class.getName()))) {
            Eventually.await("the grandchildren", SOON, () -> Files.exists(directory.resolve("grandchildren")));
            List<ProcessHandle> grandchildren = read(directory.resolve("grandchildren"))
                    .lines()
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            parent.process().destroyForcibly();
            Eventually.await("the grandchildren's end", SOON, () -> grandchildren.stream()
                    .noneMatch(ProcessHandle::isAlive));
        }
    }

    /** Starts children, one of which drops privileges if it has any, and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            ChildProcess child = ChildProcess.start("sleep", Path.of("."), List.of("sleep", "600"));
            DnsServer dns = new DnsServer(Path.of("").toAbsolutePath(), DnsServer.host("sip.fabrikam.example"));
            Files.writeString(
                    Path.of("grandchildren.part"),
                    child.pid() + "\n" + dns.process().pid());
            Files.move(Path.of("grandchildren.part"), Path.of("grandchildren"));
            child.process().waitFor();
        }
    }

    @Test
    void theWholeFamilyIsKilled() {
        try (ChildProcess shell =
                ChildProcess.start("shell", directory, List.of("sh", "-c", "sleep 600 & echo started; wait"))) {
            shell.awaitOutput("started", SOON);
            List<ProcessHandle> children = shell.process().descendants().toList();
            assertThat(children).isNotEmpty();
            shell.kill();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void whatEndsEarlyFailsAtOnceWithItsLastWords() {
        try (ChildProcess failing =
                ChildProcess.start("failing", directory, List.of("sh", "-c", "echo no such thing; exit 3"))) {
            assertThatThrownBy(() -> failing.awaitOutput("ready", SOON))
                    .hasMessageContaining("ended with 3")
                    .hasMessageContaining("no such thing");
        }
    }

    @Test
    void aFrozenProcessUsesNoProcessorAndGoesOnWhenThawed() {
        try (ChildProcess busy = ChildProcess.start("busy", directory, List.of("sh", "-c", "while :; do :; done"))) {
            busy.freeze();
            double frozenAt = ProcessUsage.cpuSecondsOf(busy.pid());
            Eventually.elapse(Duration.ofMillis(200));
            assertThat(ProcessUsage.cpuSecondsOf(busy.pid())).isEqualTo(frozenAt);
            busy.thaw();
            Eventually.await("work", SOON, () -> ProcessUsage.cpuSecondsOf(busy.pid()) > frozenAt);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
