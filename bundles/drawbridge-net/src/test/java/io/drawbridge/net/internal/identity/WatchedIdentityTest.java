// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.net.internal.tls.OwnCertificate;
import io.drawbridge.net.internal.tls.PeerTrust;
import io.drawbridge.net.internal.tls.TestAuthority;
import io.drawbridge.net.internal.tls.TlsIdentity;
import io.drawbridge.net.internal.tls.XmppNames;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedIdentityTest {
    private static final String PID = "io.drawbridge.net.identity~outside";

    @TempDir
    private Path folder;

    private final TestAuthority authority = TestAuthority.root("Authority");
    private final Map<String, Object> settings = new HashMap<>();
    private Instant now = TestAuthority.NOW;
    private Path certificate;
    private Path key;
    private WatchedIdentity identity;

    @BeforeEach
    void prepare() {
        InstantSource clock = () -> now;
        identity = new WatchedIdentity("outside", PID, clock, Runnable::run, new RevocationNews(clock));
        certificate = folder.resolve("edge.crt");
        key = folder.resolve("edge.key");
        settings.put("certificate", certificate.toString());
        settings.put("key", key.toString());
        settings.put(
                "trustAnchors",
                TestAuthority.write(folder.resolve("ca.crt"), authority.certificate())
                        .toString());
        write(authority.issue("sip.contoso.example"));
    }

    private void write(OwnCertificate own) {
        TestAuthority.write(certificate, own.chain().toArray());
        TestAuthority.write(key, own.key());
    }

    /** Reads what changed; files count as changed once they are the same at two looks. */
    private IdentityState look() {
        identity.configure(settings);
        identity.refresh();
        identity.refresh();
        return identity.state();
    }

    private IdentityState lookAgain() {
        identity.refresh();
        identity.refresh();
        return identity.state();
    }

    private static void assertProblem(IdentityState state, String key, String rule) {
        assertThat(state.problems()).first().satisfies(problem -> {
            assertThat(problem.pid()).isEqualTo(PID);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.rule()).contains(rule);
        });
    }

    @Test
    void soundFilesMakeAUsableIdentity() {
        IdentityState state = look();
        assertThat(state.problems()).isEmpty();
        assertThat(state.usable()).isPresent();
        assertThat(state.certificate().orElseThrow().dnsNames()).containsExactly("sip.contoso.example");
    }

    @Test
    void nothingIsReplacedWhileNothingChanges() {
        TlsIdentity first = look().usable().orElseThrow();
        assertThat(lookAgain().usable()).containsSame(first);
    }

    @Test
    void replacedFilesAreReadWhenTheyAreAtRest() {
        TlsIdentity first = look().usable().orElseThrow();
        OwnCertificate renewed = authority
                .order("sip.contoso.example")
                .keys(TestAuthority.newKeys())
                .issue();
        TestAuthority.write(certificate, renewed.chain().toArray());
        identity.refresh();
        assertThat(identity.state().usable()).as("half of the pair is there").containsSame(first);
        assertThat(identity.state().problems()).isEmpty();
        TestAuthority.write(key, renewed.key());
        IdentityState state = lookAgain();
        assertThat(state.problems()).isEmpty();
        assertThat(state.usable().orElseThrow().own().leaf()).isEqualTo(renewed.leaf());
    }

    @Test
    void aKeyOfAnotherCertificateIsNamedAndTheLastGoodPairStays() {
        TlsIdentity first = look().usable().orElseThrow();
        TestAuthority.write(key, TestAuthority.newKeys().getPrivate());
        IdentityState state = lookAgain();
        assertProblem(state, "certificate", "does not belong to the private key");
        assertThat(state.usable()).containsSame(first);
    }

    @Test
    void withoutALastGoodPairItIsNotUsable() {
        TestAuthority.write(key, TestAuthority.newKeys().getPrivate());
        IdentityState state = look();
        assertThat(state.usable()).isEmpty();
        assertThat(state.why()).contains("does not belong to the private key");
    }

    @Test
    void aMissingFileIsNamedAndReadWhenItComes() throws Exception {
        Files.delete(key);
        assertProblem(look(), "key", "does not exist; check the path");
        write(authority.issue("sip.contoso.example"));
        assertThat(lookAgain().usable()).isPresent();
    }

    @Test
    void aFileWithoutCertificateIsNamed() throws Exception {
        Files.writeString(certificate, "no certificate here");
        assertProblem(look(), "certificate", "holds no certificate in PEM form");
    }

    @Test
    void anUnreadableTrustAnchorIsNamed() {
        settings.put("trustAnchors", folder.resolve("nowhere.crt").toString());
        assertProblem(look(), "trustAnchors", "does not exist");
    }

    @Test
    void aCertificateThatEndsMakesItUnusableAndSaysWhatTheClockSays() {
        assertThat(look().usable()).isPresent();
        now = now.plus(Duration.ofDays(400));
        IdentityState state = lookAgain();
        assertThat(state.usable()).isEmpty();
        assertThat(state.certificate()).isPresent();
        assertProblem(
                state, "certificate", "65 days ago by the clock of this machine; put a renewed certificate there");
    }

    @Test
    void aCertificateOfTheFutureBecomesUsableInTime() {
        now = now.minus(Duration.ofDays(60));
        assertProblem(look(), "certificate", "days by the clock of this machine; set the clock if it is wrong");
        now = TestAuthority.NOW;
        assertThat(lookAgain().usable()).isPresent();
    }

    @Test
    void anExpiredReplacementLeavesTheLastGoodOneInForce() {
        TlsIdentity first = look().usable().orElseThrow();
        write(authority
                .order("sip.contoso.example")
                .valid(now.minus(Duration.ofDays(20)), now.minus(Duration.ofDays(10)))
                .issue());
        IdentityState state = lookAgain();
        assertProblem(state, "certificate", "10 days ago by the clock of this machine");
        assertThat(state.usable()).containsSame(first);
    }

    @Test
    void aChainOutOfOrderIsNamed() {
        OwnCertificate own =
                authority.intermediate("First").intermediate("Second").issue("sip.contoso.example");
        List<X509Certificate> chain = own.chain();
        TestAuthority.write(certificate, chain.get(0), chain.get(2), chain.get(1));
        TestAuthority.write(key, own.key());
        assertProblem(look(), "certificate", "chain out of order");
    }

    @Test
    void aKeyStoreIsAsGoodAsTwoFiles() throws Exception {
        OwnCertificate own = authority.issue("sip.contoso.example");
        Path file = folder.resolve("edge.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("edge", own.key(), "secret".toCharArray(), own.chain().toArray(new X509Certificate[0]));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }
        settings.remove("certificate");
        settings.remove("key");
        settings.put("keystore", file.toString());
        settings.put(".keystorePassword", "secret");
        assertThat(look().usable()).isPresent();
        settings.put(".keystorePassword", "wrong-one");
        IdentityState state = look();
        assertProblem(state, "keystore", "cannot be opened with .keystorePassword");
        assertThat(state.problems()).noneMatch(problem -> problem.getMessage().contains("wrong-one"));
        assertThat(state.usable()).isPresent();
    }

    @Test
    void certificateAndKeyStoreExcludeEachOther() {
        settings.put("keystore", "edge.p12");
        assertProblem(look(), "keystore", "excludes certificate and key");
    }

    @Test
    void aListOfRevokedCertificatesTakesEffectWhenItIsReplaced() throws Exception {
        OwnCertificate peer = authority.issue("sip.fabrikam.example");
        Path lists = folder.resolve("ca.crl");
        Files.write(lists, authority.revocationList());
        settings.put("crls", lists.toString());
        settings.put("revocation", "HARD");
        TlsIdentity before = look().usable().orElseThrow();
        Files.write(lists, authority.revocationList(peer.leaf()));
        TlsIdentity after = lookAgain().usable().orElseThrow();
        assertThat(after.own().leaf()).isEqualTo(before.own().leaf());
        assertThat(after.trust()).isNotSameAs(before.trust());
    }

    @Test
    void aReplacedListOfRevokedCertificatesClosesTheirConnections() throws Exception {
        OwnCertificate good = authority.issue("sip.fabrikam.example");
        OwnCertificate bad = authority.issue("sip.nwtraders.example");
        Path lists = folder.resolve("ca.crl");
        Files.write(lists, authority.revocationList());
        settings.put("crls", lists.toString());
        settings.put("revocation", "HARD");
        PeerTrust trust = look().usable().orElseThrow().trust();
        EmbeddedChannel stays = new EmbeddedChannel();
        EmbeddedChannel ends = new EmbeddedChannel();
        trust.admit(stays, good.chain());
        trust.admit(ends, bad.chain());

        Files.write(lists, authority.revocationList(bad.leaf()));
        lookAgain();

        assertThat(ends.isOpen()).isFalse();
        assertThat(stays.isOpen()).isTrue();
    }

    @Test
    void anUnknownKeyIsReportedAndTheRestWorks() {
        settings.put("certifcate", "typo");
        IdentityState state = look();
        assertThat(state.problems()).extracting(InvalidSetting::key).containsExactly("certifcate");
        assertThat(state.usable()).isPresent();
    }

    @Test
    void anXmppAddressInTheOwnCertificateIsRecognised() {
        ASN1EncodableVector xmppAddress = new ASN1EncodableVector();
        xmppAddress.add(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5"));
        xmppAddress.add(new DERTaggedObject(true, 0, new DERUTF8String("contoso.example")));
        GeneralName name = new GeneralName(GeneralName.otherName, new DERSequence(xmppAddress));
        KeyPair keys = TestAuthority.newKeys();
        assertThat(XmppNames.hasAddress(authority
                        .order("contoso.example")
                        .name(name)
                        .keys(keys)
                        .issue()
                        .leaf()))
                .isTrue();
        assertThat(XmppNames.hasAddress(authority.issue("contoso.example").leaf()))
                .isFalse();
    }

    @Test
    void theExpiryAlarmRingsOnceAtEachMark() {
        Instant end = TestAuthority.NOW;
        ExpiryAlarm alarm = new ExpiryAlarm(new Renewal(end.minus(Duration.ofDays(365)), end));
        assertThat(alarm.rings(end.minus(Duration.ofDays(31)))).isFalse();
        assertThat(alarm.rings(end.minus(Duration.ofDays(29)))).isTrue();
        assertThat(alarm.rings(end.minus(Duration.ofDays(28)))).isFalse();
        assertThat(alarm.rings(end.minus(Duration.ofDays(7)))).isTrue();
        assertThat(alarm.rings(end.minus(Duration.ofHours(20)))).isTrue();
        assertThat(alarm.rings(end.minus(Duration.ofHours(1)))).isFalse();
    }

    @Test
    void aCertificateThatLivesAMonthIsDueInItsLastTenDays() {
        Instant end = TestAuthority.NOW;
        ExpiryAlarm alarm = new ExpiryAlarm(new Renewal(end.minus(Duration.ofDays(30)), end));
        assertThat(alarm.rings(end.minus(Duration.ofDays(11)))).isFalse();
        assertThat(alarm.rings(end.minus(Duration.ofDays(10)))).isTrue();
    }
}
