// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

final class PeerTrustTest {
    private static final KeyPurposeId SIP_DOMAIN =
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.20"));

    private final TestAuthority authority = TestAuthority.root("Authority");
    private final TestAuthority stranger = TestAuthority.root("Stranger");

    private Instant now = TestAuthority.NOW;
    private int revocationQuestions;
    private final PeerTrust trust = trust(authority.certificate());

    private PeerTrust trust(X509Certificate... anchors) {
        return new PeerTrust(
                Set.of(anchors), (path, at) -> revocationQuestions++, (InstantSource) () -> now, Runnable::run);
    }

    @Test
    void aCertificateForServersIsEnough() {
        accepts(authority.issue("sip.partner.example").chain());
    }

    @Test
    void aCertificateWithoutAnyPurposeIsForAll() {
        accepts(authority.order("sip.partner.example").purposes().issue().chain());
    }

    @Test
    void theSipDomainPurposeOfRfc5924IsEnough() {
        accepts(authority
                .order("sip.partner.example")
                .purposes(SIP_DOMAIN)
                .issue()
                .chain());
    }

    @Test
    void anyPurposeIsEnough() {
        accepts(authority
                .order("sip.partner.example")
                .purposes(KeyPurposeId.anyExtendedKeyUsage)
                .issue()
                .chain());
    }

    @Test
    void aCertificateForMailOnlyIsRefusedVectorC12() {
        refuses(
                HandshakeFailure.WRONG_PURPOSE,
                authority
                        .order("sip.partner.example")
                        .purposes(KeyPurposeId.id_kp_emailProtection)
                        .issue()
                        .chain());
    }

    @Test
    void aCertificateForClientsOnlyIsRefused() {
        refuses(
                HandshakeFailure.WRONG_PURPOSE,
                authority
                        .order("sip.partner.example")
                        .purposes(KeyPurposeId.id_kp_clientAuth)
                        .issue()
                        .chain());
    }

    @Test
    void anotherAuthorityIsRefusedVectorC14() {
        refuses(
                HandshakeFailure.UNKNOWN_AUTHORITY,
                stranger.issue("sip.partner.example").chain());
    }

    @Test
    void anAuthorityOfTheSameNameIsRefused() {
        refuses(
                HandshakeFailure.UNKNOWN_AUTHORITY,
                TestAuthority.root("Authority").issue("sip.partner.example").chain());
    }

    @Test
    void whoTrustsNobodyAcceptsNobody() {
        assertThatThrownBy(() ->
                        trust().verify(authority.issue("sip.partner.example").chain()))
                .isInstanceOf(UntrustedCertificate.class)
                .hasMessageContaining("no trust anchor is configured");
    }

    @Test
    void anExpiredCertificateIsRefusedVectorC14() {
        now = TestAuthority.NOW.plus(Duration.ofDays(400));
        refuses(HandshakeFailure.EXPIRED, authority.issue("sip.partner.example").chain());
    }

    @Test
    void aCertificateOfTheFutureIsRefused() {
        now = TestAuthority.NOW.minus(Duration.ofDays(60));
        refuses(
                HandshakeFailure.NOT_YET_VALID,
                authority.issue("sip.partner.example").chain());
    }

    @Test
    void intermediatesMayComeInAnyOrder() {
        List<X509Certificate> chain = new ArrayList<>(authority
                .intermediate("First")
                .intermediate("Second")
                .issue("sip.partner.example")
                .chain());
        Collections.swap(chain, 1, 2);
        accepts(chain);
    }

    @Test
    void aPathDeeperThanFiveIsRefused() {
        TestAuthority deep = authority;
        for (int i = 0; i < 5; i++) {
            deep = deep.intermediate("Level " + i);
        }
        refuses(
                HandshakeFailure.CHAIN_TOO_LARGE,
                deep.issue("sip.partner.example").chain());
    }

    @Test
    void moreThanSixteenKilobytesOfCertificatesAreRefused() {
        String[] names = new String[800];
        for (int i = 0; i < names.length; i++) {
            names[i] = "host-number-" + i + ".partner.example";
        }
        refuses(HandshakeFailure.CHAIN_TOO_LARGE, authority.issue(names).chain());
    }

    @Test
    void aPeersOwnCertificateMayBeAnAnchor() {
        OwnCertificate pinned = stranger.issue("sip.partner.example");
        PeerTrust pinning = trust(pinned.leaf());
        assertThatCode(() -> pinning.verify(pinned.chain())).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        pinning.verify(stranger.issue("sip.partner.example").chain()))
                .isInstanceOf(UntrustedCertificate.class);
    }

    @Test
    void anAcceptedChainIsNotVerifiedAgainForTenMinutes() throws Exception {
        List<X509Certificate> chain = authority.issue("sip.partner.example").chain();
        trust.verify(chain);
        now = now.plus(Duration.ofMinutes(9));
        trust.verify(chain);
        assertThat(revocationQuestions).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(trust.recentlyAccepted(chain)).isFalse();
        trust.verify(chain);
        assertThat(revocationQuestions).isEqualTo(2);
    }

    @Test
    void anAcceptanceEndsWithTheCertificate() throws Exception {
        Instant end = TestAuthority.NOW.plusSeconds(60);
        List<X509Certificate> chain = authority
                .order("sip.partner.example")
                .valid(TestAuthority.NOW.minusSeconds(60), end)
                .issue()
                .chain();
        trust.verify(chain);
        now = end.plusSeconds(1);
        refuses(HandshakeFailure.EXPIRED, chain);
    }

    private void accepts(List<X509Certificate> chain) {
        assertThatCode(() -> trust.verify(chain)).doesNotThrowAnyException();
        assertThat(trust.recentlyAccepted(chain)).isTrue();
    }

    private void refuses(HandshakeFailure cause, List<X509Certificate> chain) {
        ThrowingCallable verification = () -> trust.verify(chain);
        assertThatThrownBy(verification)
                .isInstanceOfSatisfying(UntrustedCertificate.class, refused -> assertThat(refused.failure())
                        .isEqualTo(cause));
        assertThat(trust.recentlyAccepted(chain)).isFalse();
    }
}
