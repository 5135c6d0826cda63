// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.Prosody.Settings;
import io.drawbridge.testbed.Specified;
import io.drawbridge.testbed.TestAuthority;
import io.drawbridge.testbed.XmppComponentLink;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams with a real Prosody, in both directions and in every way of proving who is who. */
@Timeout(120)
final class ProsodyTest {
    private static final String OUT = "<message from='alice@corp.example/desk' to='bob@chat.example' type='chat'"
            + " id='m1'><body>hello &amp; welcome</body></message>";
    private static final String IN = "<message from='bob@chat.example/phone' to='alice@corp.example' type='chat'"
            + " id='m2'><body>hi &lt;alice&gt;</body><odd xmlns='urn:odd' p:a='1' xmlns:p='urn:p'/></message>";

    @TempDir
    Path directory;

    private TestAuthority authority;
    private DnsServer dns;
    private Edge edge;
    private Prosody prosody;

    @BeforeEach
    void start() {
        authority = new TestAuthority("Authority", directory.resolve("authority"));
        dns = new DnsServer(directory);
    }

    private void edge(Map<String, Object> settings) throws Exception {
        edge = new Edge(dns.port(), authority.issue(Leaf.of("corp.example")), authority.anchorFile(), settings);
    }

    private Settings trusted() {
        return Settings.of(
                "chat.example", dns.port(), authority.issue(Leaf.of("chat.example")), authority.anchorFile());
    }

    /** A server whose certificate nobody trusts and that trusts nobody. */
    private Settings stranger() {
        TestAuthority other = new TestAuthority("Stranger", directory.resolve("stranger"));
        Credential credential = other.issue(Leaf.of("chat.example"));
        return Settings.of("chat.example", dns.port(), credential, other.anchorFile());
    }

    private void prosody(Settings settings) {
        prosody = new Prosody(directory, settings);
        dns.replace(
                DnsServer.host("edge.corp.example"),
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpp("corp.example", "edge.corp.example", edge.port),
                DnsServer.xmpp("chat.example", "xmpp.chat.example", prosody.port()));
    }

    @AfterEach
    void stop() {
        if (edge != null) {
            edge.close();
        }
        if (prosody != null) {
            prosody.close();
        }
        dns.close();
    }

    private void bothWays(Class<? extends DeliveryOutcome> outcome, Trust trust) throws Exception {
        try (XmppComponentLink users = prosody.component()) {
            assertThat(edge.send(OUT)).isInstanceOf(outcome);
            assertThat(users.next(Duration.ofSeconds(10))).contains("hello &amp; welcome", "alice@corp.example/desk");
            users.send(IN);
            Edge.Received received = edge.next();
            assertThat(received.origin().trust()).isEqualTo(trust);
            assertThat(received.origin().partner()).isEqualTo(Edge.CHAT);
            assertThat(received.stanza().attributes().from()).isEqualTo("bob@chat.example/phone");
            assertThat(received.stanza().text())
                    .startsWith("<message xmlns='jabber:client'")
                    .contains("hi &lt;alice&gt;", "urn:odd", "urn:p");
        }
    }

    @Test
    @Specified(
            document = "XEP-0178",
            section = "3",
            requirement = "SASL EXTERNAL with certificates, with Prosody, both directions")
    void certificatesProveBothSides() throws Exception {
        edge(Map.of());
        prosody(trusted().certificatesOnly());
        bothWays(HandedOver.class, Trust.STRONG);
        assertThat(edge.gateway.streams()).isEqualTo(2);
    }

    @Test
    void twoOwnDomainsShareOneStream() throws Exception {
        edge = new Edge(
                dns.port(),
                authority.issue(Leaf.of("corp.example").alsoNamed("sales.example")),
                authority.anchorFile(),
                Map.of());
        DomainName sales = DomainName.of("sales.example");
        edge.own = Set.of(Edge.CORP, sales);
        prosody = new Prosody(directory, trusted().certificatesOnly());
        dns.replace(
                DnsServer.host("edge.corp.example"),
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpp("corp.example", "edge.corp.example", edge.port),
                DnsServer.xmpp("sales.example", "edge.corp.example", edge.port),
                DnsServer.xmpp("chat.example", "xmpp.chat.example", prosody.port()));
        try (XmppComponentLink users = prosody.component()) {
            assertThat(edge.send(OUT)).isInstanceOf(HandedOver.class);
            assertThat(users.next(Duration.ofSeconds(30))).contains("alice@corp.example/desk");
            String second = OUT.replace("corp.example", "sales.example");
            assertThat(edge.gateway
                            .send(new OutgoingStanza(Stanza.Kind.MESSAGE, sales, Edge.CHAT, second))
                            .toCompletableFuture()
                            .get(40, TimeUnit.SECONDS))
                    .isInstanceOf(HandedOver.class);
            assertThat(users.next(Duration.ofSeconds(30))).contains("alice@sales.example/desk");
        }
        assertThat(edge.shared()).isEqualTo(1);
    }

    @Test
    @Specified(document = "XEP-0220", section = "2", requirement = "Dialback over TLS, with Prosody, both directions")
    void dialbackOverTlsStandsInForACertificateNobodyTrusts() throws Exception {
        edge(Map.of());
        edge.partner = Edge.partner(Negotiation.REQUIRED, Negotiation.OPTIONAL, true, false);
        prosody(stranger());
        bothWays(HandedOver.class, Trust.WEAK);
    }

    @Test
    @Specified(
            document = "XEP-0344",
            section = "3",
            requirement = "Dialback is answered by what the certificate proves already, with Prosody, both directions")
    void dialbackWithACertificateThatProvesTheDomainCountsAsTheCertificate() throws Exception {
        edge(Map.of());
        edge.partner = Edge.partner(Negotiation.REQUIRED, Negotiation.NOT_SUPPORTED, true, false);
        prosody(trusted());
        bothWays(HandedOver.class, Trust.STRONG);
        assertThat(edge.counted("drawbridge_xmpp_streams_authenticated", "dialback_without_asking"))
                .isEqualTo(1);
        assertThat(edge.counted("drawbridge_xmpp_streams_authenticated", "external"))
                .isZero();
    }

    @Test
    @Specified(
            document = "XEP-0220",
            section = "2",
            requirement = "Dialback without TLS, with Prosody, only where configured")
    void dialbackWithoutTlsIsTakenWhereTheSettingsSaySo() throws Exception {
        edge(Map.of());
        edge.partner = Edge.partner(Negotiation.NOT_SUPPORTED, Negotiation.NOT_SUPPORTED, true, true);
        prosody(trusted().withoutTls());
        bothWays(HandedOver.class, Trust.SPOOFABLE);
    }

    @Test
    @Specified(
            document = "XEP-0288",
            section = "2",
            requirement = "Stanzas of both directions on one stream, with Prosody")
    void oneStreamCarriesBothDirections() throws Exception {
        edge(Map.of());
        prosody(trusted().certificatesOnly().with("s2s_bidi"));
        bothWays(HandedOver.class, Trust.STRONG);
        assertThat(edge.gateway.streams()).isEqualTo(1);
    }

    @Test
    void whatAStreamThatCameInAllowsIsUsedForAnswers() throws Exception {
        edge(Map.of());
        prosody(trusted().certificatesOnly().with("s2s_bidi"));
        try (XmppComponentLink users = prosody.component()) {
            users.send(IN);
            assertThat(edge.next().stanza().attributes().id()).isEqualTo("m2");
            assertThat(edge.send(OUT)).isInstanceOf(HandedOver.class);
            assertThat(users.next(Duration.ofSeconds(10))).contains("hello");
            assertThat(edge.gateway.streams()).isEqualTo(1);
        }
    }

    @Test
    @Specified(document = "XEP-0198", section = "4", requirement = "Stanzas are acknowledged on demand, with Prosody")
    void thePartnersServerAcknowledges() throws Exception {
        edge(Map.of());
        prosody(trusted().certificatesOnly().with("smacks"));
        bothWays(Delivered.class, Trust.STRONG);
    }

    @Test
    @Specified(
            document = "XEP-0368",
            section = "SRV",
            requirement = "TLS from the first octet where _xmpps-server says so, with Prosody")
    void tlsFromTheFirstOctetIsUsedWhereDnsSaysSo() throws Exception {
        edge(Map.of());
        prosody(trusted().certificatesOnly());
        dns.replace(
                DnsServer.host("edge.corp.example"),
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpps("corp.example", "edge.corp.example", edge.directTlsPort),
                DnsServer.xmpps("chat.example", "xmpp.chat.example", prosody.directTlsPort()));
        bothWays(HandedOver.class, Trust.STRONG);
    }

    @Test
    void aCertificateNobodyTrustsIsNotEnoughWhereTheSettingsWantOne() throws Exception {
        edge(Map.of());
        prosody(stranger());
        assertThat(edge.send(OUT)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.CERTIFICATE_NOT_TRUSTED);
            assertThat(failed.condition()).isEqualTo(Condition.INTERNAL_SERVER_ERROR);
        });
    }

    @Test
    void aPartnerWithoutServersIsNotFound() throws Exception {
        edge(Map.of());
        assertThat(edge.send(OUT)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.condition())
                .isEqualTo(Condition.REMOTE_SERVER_NOT_FOUND));
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "3.3",
            requirement = "A stream that broke is set up again when there is something to say")
    void aRestartedPartnerIsReachedAgain() throws Exception {
        edge(Map.of());
        prosody(trusted().certificatesOnly());
        bothWays(HandedOver.class, Trust.STRONG);
        prosody.restart();
        bothWays(HandedOver.class, Trust.STRONG);
    }
}
