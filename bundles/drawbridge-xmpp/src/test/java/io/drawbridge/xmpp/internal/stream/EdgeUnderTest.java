// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The edge of {@code corp.example} with an authority it trusts and with DNS: there for each test, and gone after it. */
abstract class EdgeUnderTest implements BeforeEachCallback, AfterEachCallback {
    private final Leaf certificate;
    private final Map<String, Object> settings;

    Path directory;
    TestAuthority authority;
    DnsServer dns;
    Edge edge;

    /** With settings of {@code io.drawbridge.xmpp}. */
    EdgeUnderTest(Leaf certificate, Map<String, Object> settings) {
        this.certificate = certificate;
        this.settings = settings;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "edge-");
        authority = new TestAuthority("Authority", directory.resolve("authority"));
        dns = new DnsServer(directory, records());
        edge = new Edge(dns.port(), authority.issue(certificate), authority.anchorFile(), settings);
    }

    /** What DNS knows when the edge starts. */
    abstract String[] records();

    /** An authority that nobody trusts. */
    TestAuthority stranger() {
        return new TestAuthority("Stranger", directory.resolve("stranger"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        edge.close();
        dns.close();
    }
}
