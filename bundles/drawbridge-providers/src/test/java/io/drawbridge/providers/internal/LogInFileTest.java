// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.providers.internal.account.LogIns.Budget;
import io.drawbridge.providers.internal.host.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host keeps in files. */
final class LogInFileTest {
    @TempDir
    private Path directory;

    private final Scribe scribe = new Scribe();

    @AfterEach
    void close() {
        scribe.close();
    }

    private LogInFile budget() {
        return new LogInFile(directory.resolve("log-ins-parrot"), scribe);
    }

    private VersionsFile versions() {
        return new VersionsFile(directory.resolve("versions-parrot"), scribe);
    }

    private static void await(CompletionStage<Void> written) throws Exception {
        written.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatIsLeftOfABudgetIsReadAsItWasWritten() throws Exception {
        Budget left = new Budget(3.25, Instant.parse("2026-05-04T10:00:00.123Z"));
        assertThat(budget().read()).isEmpty();
        await(budget().write(left));
        assertThat(budget().file()).exists();
        assertThat(budget().read()).contains(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "many 2026-05-04T10:00:00Z", "7 yesterday", "\u0000"})
    void aBudgetThatCannotBeReadIsUsedUp(String content) throws IOException {
        Files.writeString(budget().file(), content);
        assertThat(budget().read())
                .hasValueSatisfying(read -> assertThat(read.left()).isZero());
    }

    @Test
    void aBudgetThatCannotBeKeptStopsNobody() throws Exception {
        Files.createDirectories(budget().file().resolve("in the way"));
        await(budget().write(new Budget(1, Instant.EPOCH)));
        assertThat(Files.isDirectory(budget().file())).isTrue();
    }

    @Test
    void whatWasDecidedAboutVersionsIsReadAsItWasWritten() {
        Map<String, Stage> decided = Map.of("1.0.0", Stage.SERVES, "1.1.0.beta-2", Stage.TAKEN_BACK);
        assertThat(versions().read()).isEmpty();
        versions().write(decided);
        assertThat(versions().read()).isEqualTo(decided);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0\n", "1.0.0 RULES\n", " \n"})
    void versionsThatCannotBeReadAreNotDecided(String content) throws IOException {
        Files.writeString(versions().file(), content);
        assertThat(versions().read()).isEmpty();
    }
}
