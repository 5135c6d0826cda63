// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.sip.internal.msrp.MsrpUri;
import io.drawbridge.testbed.Specified;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions of MSRP sessions: RFC 4975 section 8, RFC 6135, RFC 8122. */
class MsrpSdpTest {
    private static final String OFFER =
            """
            v=0
            o=- 0 0 IN IP4 10.0.0.1
            s=-
            c=IN IP4 10.0.0.1
            t=0 0
            a=setup:passive
            m=audio 4000 RTP/AVP 0
            a=path:msrps://wrong.example:1/x;tcp
            m=message 7654 TCP/TLS/MSRP *
            a=accept-types:message/cpim TEXT/plain image/*
            a=accept-wrapped-types:*
            a=max-size:4000
            a=fingerprint:SHA-256 AA:BB
            a=path:msrps://relay.example:1/r;tcp msrps://10.0.0.1:7654/jshA7we;tcp
            m=message 5060 sip null
            a=accept-types:text/rtf
            """;

    private static Optional<MsrpSdp> read(String text) {
        return MsrpSdp.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anOfferIsRead() {
        MsrpSdp offer = read(OFFER).orElseThrow();

        assertThat(offer.path()).extracting(MsrpUri::session).containsExactly("r", "jshA7we");
        assertThat(offer.takes("text/plain")).isTrue();
        assertThat(offer.takes("image/png")).isTrue();
        assertThat(offer.takes("text/rtf")).as("that is another medium's").isFalse();
        assertThat(offer.takesEnvelopes()).isTrue();
        assertThat(offer.maxSize()).isEqualTo(4000);
        assertThat(offer.setup()).isEqualTo("passive");
        assertThat(offer.fingerprints()).containsExactly("sha-256 aa:bb");
    }

    @Test
    @Specified(
            document = "RFC 8122",
            section = "5",
            requirement =
                    "A fingerprint of the session is for those media \"for which no media-level fingerprint attribute is defined\"")
    void theFingerprintOfTheMediumHoldsInsteadOfTheSessions() {
        String both = OFFER.replace("t=0 0\n", "t=0 0\na=fingerprint:SHA-256 CC:DD\n");
        assertThat(read(both).orElseThrow().fingerprints()).containsExactly("sha-256 aa:bb");

        String session = both.replace("a=fingerprint:SHA-256 AA:BB\n", "");
        assertThat(read(session).orElseThrow().fingerprints()).containsExactly("sha-256 cc:dd");
    }

    @Test
    @Specified(document = "RFC 4975", section = "8.6", requirement = "\"*\" as an accept-types entry means any type")
    void aStarIsAnyType() {
        assertThat(read(OFFER.replace("message/cpim TEXT/plain image/*", "*"))
                        .orElseThrow()
                        .takesText())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m=message 7654 TCP/MSRP *\na=path:msrp://a.example:1/s;tcp\n",
                "m=message 7654 TCP/TLS/MSRP *\n",
                "m=message 7654 TCP/TLS/MSRP *\na=path:nonsense\n",
                "m=message 7654 TCP/TLS/MSRP *\na=path:msrp://a.example:1/s;tcp\n",
                "m=message 0 TCP/TLS/MSRP *\na=path:msrps://a.example:1/s;tcp\n",
                "m=message\n"
            })
    void whatCannotBeReachedOverTlsIsNoOffer(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        MsrpUri own = MsrpUri.of(HostPort.of("edge.corp.example:2855"), "0a1b");
        MsrpSdp read = read(MsrpSdp.write(own, 32_768, "actpass")).orElseThrow();

        assertThat(read.path()).containsExactly(own);
        assertThat(read.takesText()).isTrue();
        assertThat(read.maxSize()).isEqualTo(32_768);
        assertThat(read.setup()).isEqualTo("actpass");
    }

    @Test
    void mutatedOffersAreReadOrNoOffers() {
        Random random = new Random(3);
        byte[] sound = OFFER.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5000; round++) {
            byte[] octets = sound.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            MsrpSdp.read(octets).ifPresent(offer -> assertThat(offer.path()).isNotEmpty());
        }
    }
}
