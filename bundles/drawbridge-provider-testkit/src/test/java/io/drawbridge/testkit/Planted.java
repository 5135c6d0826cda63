// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.NativeProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a vendor writes to test its provider; run by {@link ContractsTest} only. */
final class Planted extends ProviderContract {
    private LineServer server;

    @BeforeEach
    void serve() {
        server = new LineServer();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Override
    protected NativeProvider provider() {
        return new LineProvider();
    }

    @Override
    protected String contact() {
        return "polly@line.example";
    }

    @Override
    protected Map<String, String> providerSettings() {
        return Map.of(LineProvider.SERVER, server.address());
    }

    @Override
    protected Map<String, String> accountSettings(String user) {
        return Map.of(LineProvider.PASSWORD, LineServer.PASSWORD);
    }

    @Override
    protected Optional<Map<String, String>> refusedSettings(String user) {
        return Optional.of(Map.of(LineProvider.PASSWORD, "mistyped"));
    }

    @Override
    protected void cut() {
        server.cut();
    }

    @Override
    protected List<String> heard() {
        return server.heard();
    }

    @Override
    protected boolean arrivesInLines() {
        return System.getProperty(ContractsTest.IN_LINES) != null;
    }

    @Override
    protected boolean seesThere(String user) {
        return server.seesThere(principal(user).local());
    }

    @Override
    protected Path bundle() {
        return Path.of(System.getProperty(ContractsTest.BUNDLE));
    }

    /** A planted fault need not be waited for as long as a network. */
    @Override
    Duration patience() {
        return System.getProperty(LineProvider.FAULT) == null ? super.patience() : Duration.ofSeconds(3);
    }
}
