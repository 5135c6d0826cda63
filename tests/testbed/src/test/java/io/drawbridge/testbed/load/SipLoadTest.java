// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SipLoadTest {
    private static final String HOST = "pool.contoso.example";

    @TempDir
    private Path directory;

    private final int port = FreePorts.next();
    private LoadTls clientTls;
    private LoadTls serverTls;

    @BeforeEach
    void issueCertificates() {
        TestAuthority authority = new TestAuthority("Test CA", directory);
        clientTls = LoadTls.of(authority.issue(Leaf.of("sip.fabrikam.example")), authority.anchorFile());
        serverTls = LoadTls.of(authority.issue(Leaf.of(HOST)), authority.anchorFile());
    }

    @Test
    void everyRequestSentIsAnsweredOnceAndArrivedOnce() {
        try (SipSink sink = new SipSink(port, serverTls);
                SipLoad load = load()) {
            load.connect(5);
            LoadResult result = load.keep(20, Duration.ofMillis(300));
            assertThat(result.answered()).isPositive().isEqualTo(result.sent());
            assertThat(result.duplicates()).isZero();
            assertThat(sink.counts()).isEqualTo(new SipSink.Counts(result.sent(), 0));
        }
    }

    @Test
    void anOfferedRateIsKept() {
        try (SipSink sink = new SipSink(port, serverTls);
                SipLoad load = load()) {
            load.connect(2);
            LoadResult result = load.offer(500, Duration.ofSeconds(1));
            assertThat(result.sent()).isBetween(480L, 500L);
            assertThat(result.loss()).isZero();
            assertThat(result.percentile(99)).isLessThan(SipLoad.DEADLINE);
            assertThat(sink.counts().received()).isEqualTo(result.sent());
        }
    }

    @Test
    void whatIsNeverAnsweredCountsAsLost() {
        try (SipLoad load = load()) {
            try (SipSink sink = new SipSink(port, serverTls)) {
                load.connect(2);
                assertThat(sink.counts().received()).isZero();
            }
            LoadResult result = load.offer(100, Duration.ofMillis(200));
            assertThat(result.sent()).isPositive();
            assertThat(result.loss()).isEqualTo(1.0);
        }
    }

    private SipLoad load() {
        LoadMessage message = LoadMessage.ofDomains("sip.fabrikam.example", 10, "bob@contoso.example");
        return new SipLoad(new SipLoad.Target(port, HOST, message), clientTls);
    }
}
