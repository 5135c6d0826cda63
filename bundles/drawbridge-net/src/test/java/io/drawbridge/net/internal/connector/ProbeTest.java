// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.diagnosis.Step.Result;
import io.drawbridge.net.internal.tls.TestAuthority;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a probe tells. */
@Timeout(60)
class ProbeTest {
    @Test
    void everyStepToAGoodPeerIsTold() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer peer = bench.peer();
            bench.records(Bench.srv(peer.port()));

            List<Step> steps = probe(bench);

            assertThat(steps)
                    .extracting(Step::name)
                    .containsExactly(
                            "SRV _sipfederationtls._tcp.fabrikam.example",
                            "A and AAAA sip.fabrikam.example",
                            "TCP 127.0.0.1:" + peer.port(),
                            "TLS sip.fabrikam.example",
                            "certificate",
                            "name",
                            "acceptance");
            assertThat(steps).extracting(Step::result).containsOnly(Result.OK);
            assertThat(steps.get(4).detail()).contains("sip.fabrikam.example", "Authority", "valid until");
            Bench.until(() -> peer.connections() == 0);
            assertThat(bench.taken).isEmpty();
        }
    }

    @Test
    void aPeerThatDoesNotAcceptOurCertificateIsFoundOut() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            bench.records(Bench.srv(bench.peerThatRefusesUs().port()));
            Step last = last(probe(bench));
            assertThat(last.result()).isEqualTo(Result.FAILED);
            assertThat(last.name()).isEqualTo("acceptance");
            assertThat(last.remedy()).contains("trust this appliance's certificate");
        }
    }

    @Test
    void anUnknownAuthorityIsNamedWithItsRemedy() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            Peer stranger = bench.peer(TestAuthority.root("Stranger").issue(Bench.HOST), 0);
            bench.records(Bench.srv(stranger.port()));
            Step last = last(probe(bench));
            assertThat(last.name()).isEqualTo("certificate");
            assertThat(last.detail()).contains("leads to no configured trust anchor");
            assertThat(last.remedy()).contains("trust anchors");
        }
    }

    @Test
    void aWrongNameIsTold() throws Exception {
        try (Bench bench = new Bench(List.of())) {
            bench.records(Bench.srv(
                    bench.peer(bench.authority.issue("sip.other.example"), 0).port()));
            Step last = last(probe(bench));
            assertThat(last.name()).isEqualTo("name");
            assertThat(last.result()).isEqualTo(Result.FAILED);
        }
    }

    @Test
    void aMissingRecordIsTold() throws Exception {
        try (Bench bench = new Bench(List.of("_sipfederationtls._tcp.fabrikam.example A 127.0.0.1"))) {
            List<Step> steps = probe(bench);
            assertThat(steps).singleElement().satisfies(step -> {
                assertThat(step.result()).isEqualTo(Result.FAILED);
                assertThat(step.remedy()).contains("_sipfederationtls._tcp");
            });
        }
    }

    private static List<Step> probe(Bench bench) throws Exception {
        return Bench.get(bench.connector.probe(Bench.fabrikam(1)));
    }

    private static Step last(List<Step> steps) {
        return steps.get(steps.size() - 1);
    }
}
