// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.RawPeer.EXTERNAL;
import static io.drawbridge.xmpp.internal.stream.RawPeer.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.diagnosis.Step.Result;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Leaf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is remembered of streams that partners tried to open, for the administrator who asks why nothing comes in. */
@Timeout(120)
final class IncomingAttemptsTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of("unauthenticatedPerAddress", "100"));

    private Credential certificate(String name) {
        return chat.authority.issue(Leaf.of(name));
    }

    private List<Step> awaits(int attempts) {
        Eventually.await(attempts + " attempts", Duration.ofSeconds(30), () -> known().size() == attempts);
        return known();
    }

    private List<Step> known() {
        return chat.edge.gateway.incoming(Edge.CHAT).stream()
                .filter(step -> step.name().startsWith("incoming at "))
                .toList();
    }

    private void attempt(Credential credential) throws Exception {
        try (RawPeer peer = chat.connects().secured(credential)) {
            peer.opens();
        }
    }

    @Test
    void beforeAnyStreamCameThatIsSaid() {
        assertThat(chat.edge.gateway.incoming(Edge.CHAT)).singleElement().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Result.SKIPPED);
            assertThat(step.detail()).contains("no stream came");
        });
    }

    @Test
    void aCertificateForAnotherDomainIsNamedWithWhoseFaultItIsAndTheRemedy() throws Exception {
        attempt(certificate("other.example"));
        assertThat(awaits(1)).singleElement().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Result.FAILED);
            assertThat(step.detail())
                    .startsWith("from 127.0.0.1")
                    .contains("ended at authentication", "is not one for chat.example", "(the partner's side)");
            assertThat(step.remedy()).contains("trust anchors");
        });
    }

    @Test
    void aCertificateNobodyTrustsIsNamed() throws Exception {
        attempt(chat.stranger().issue(Leaf.of("chat.example")));
        assertThat(awaits(1)).singleElement().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Result.FAILED);
            assertThat(step.detail()).contains("ended at authentication", "(the partner's side)");
        });
    }

    @Test
    void dialbackWhereTheSettingsWantACertificateIsNamed() throws Exception {
        try (RawPeer peer = chat.connects().secured(certificate("other.example"))) {
            peer.opens();
            peer.says(claim("key")).hears("policy-violation");
        }
        assertThat(awaits(1)).singleElement().satisfies(step -> assertThat(step.detail())
                .contains("dialback is not enough by the partner's settings", "is not one for chat.example"));
    }

    @Test
    void whoLeavesBeforeTlsReachedTheFeatures() throws Exception {
        try (RawPeer peer = chat.connects()) {
            peer.opens();
        }
        assertThat(awaits(1)).singleElement().satisfies(step -> assertThat(step.detail())
                .contains("ended at features"));
    }

    @Test
    void aSuccessStandsFirstAndWhatWentBeforeIsToldWithoutAlarm() throws Exception {
        attempt(certificate("other.example"));
        awaits(1);
        try (RawPeer peer = chat.connects().secured(chat.credential())) {
            peer.opens();
            peer.says(EXTERNAL).hears("<success");
            assertThat(awaits(2)).extracting(Step::result).containsExactly(Result.OK, Result.SKIPPED);
            assertThat(known()).first().satisfies(step -> assertThat(step.detail())
                    .contains("authenticated by external"));
        }
    }

    @Test
    void aStreamThatEndedForWhatWasSentOnItSaysSo() throws Exception {
        try (RawPeer peer = chat.connects().secured(chat.credential())) {
            peer.opens();
            peer.says(EXTERNAL).hears("<success");
            peer.hears("/>");
            peer.opens();
            peer.says("<message from='eve@other.example' to='alice@corp.example'/>")
                    .hears("<invalid-from ");
        }
        assertThat(awaits(2)).first().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Result.FAILED);
            assertThat(step.detail()).contains("ended at stanzas", "a pair that is not authenticated");
        });
    }

    @Test
    void whoOnlyClaimsTheDomainMakesNeitherItsSuccessNorItsOwnFailuresForgotten() throws Exception {
        try (RawPeer peer = chat.connects().secured(chat.credential())) {
            peer.opens();
            peer.says(EXTERNAL).hears("<success");
            awaits(1);
        }
        attempt(chat.credential());
        awaits(2);
        for (int i = 0; i < 7; i++) {
            attempt(certificate("other.example"));
        }
        assertThat(awaits(7))
                .extracting(Step::detail)
                .anyMatch(detail -> detail.contains("authenticated by external"))
                .anyMatch(detail -> detail.contains("ended at authentication") && !detail.contains("is not one for"));
    }

    @Test
    void onlyTheLastFewAreKeptAndNoneOfWhoIsNoPartner() throws Exception {
        for (int i = 0; i < 7; i++) {
            attempt(certificate("other.example"));
        }
        try (RawPeer peer = chat.connects()) {
            peer.says(RawPeer.HEADER.replace("from='chat.example'", "from='eve.example'"))
                    .hears("policy-violation");
        }
        assertThat(awaits(5)).hasSize(5);
        assertThat(chat.edge.gateway.incoming(DomainName.of("eve.example")))
                .singleElement()
                .satisfies(step -> assertThat(step.detail()).contains("no stream came"));
    }
}
