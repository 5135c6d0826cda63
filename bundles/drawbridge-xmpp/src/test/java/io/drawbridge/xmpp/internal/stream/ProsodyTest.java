// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
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
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Specified;
import io.drawbridge.testbed.XmppComponentLink;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams with a real Prosody, in both directions and in every way of proving who is who. */
@Timeout(120)
final class ProsodyTest {
    private static final String OUT = "<message from='alice@corp.example/desk' to='bob@chat.example' type='chat'"
            + " id='m1'><body>hello &amp; welcome</body></message>";
    private static final String IN = "<message from='bob@chat.example/phone' to='alice@corp.example' type='chat'"
            + " id='m2'><body>hi &lt;alice&gt;</body><odd xmlns='urn:odd' p:a='1' xmlns:p='urn:p'/></message>";

    @RegisterExtension
    final EdgeBesideProsody chat = new EdgeBesideProsody();

    private void bothWays(Class<? extends DeliveryOutcome> outcome, Trust trust) throws Exception {
        try (XmppComponentLink users = chat.prosody.component()) {
            assertThat(outcomeOf(chat.edge.sendsXml(Edge.CORP, Edge.CHAT, OUT))).isInstanceOf(outcome);
            assertThat(users.next(Duration.ofSeconds(10))).contains("hello &amp; welcome", "alice@corp.example/desk");
            users.send(IN);
            Edge.Received received = chat.edge.next();
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
        chat.starts(chat.trusted().certificatesOnly());
        bothWays(HandedOver.class, Trust.STRONG);
        assertThat(chat.edge.gateway.streams()).isEqualTo(2);
    }

    @Test
    void twoOwnDomainsShareOneStream() throws Exception {
        DomainName sales = DomainName.of("sales.example");
        chat.edge.own = Set.of(Edge.CORP, sales);
        chat.starts(chat.trusted().certificatesOnly());
        try (XmppComponentLink users = chat.prosody.component()) {
            assertThat(outcomeOf(chat.edge.sendsXml(Edge.CORP, Edge.CHAT, OUT))).isInstanceOf(HandedOver.class);
            assertThat(users.next(Duration.ofSeconds(30))).contains("alice@corp.example/desk");
            String second = OUT.replace("corp.example", "sales.example");
            assertThat(outcomeOf(chat.edge.sendsXml(sales, Edge.CHAT, second))).isInstanceOf(HandedOver.class);
            assertThat(users.next(Duration.ofSeconds(30))).contains("alice@sales.example/desk");
        }
        assertThat(chat.edge.shared()).isEqualTo(1);
    }

    @Test
    @Specified(document = "XEP-0220", section = "2", requirement = "Dialback over TLS, with Prosody, both directions")
    void dialbackOverTlsStandsInForACertificateNobodyTrusts() throws Exception {
        chat.edge.partner = Edge.partner(Negotiation.REQUIRED, Negotiation.OPTIONAL, true, false);
        chat.starts(chat.untrusted());
        bothWays(HandedOver.class, Trust.WEAK);
    }

    @Test
    @Specified(
            document = "XEP-0344",
            section = "3",
            requirement = "Dialback is answered by what the certificate proves already, with Prosody, both directions")
    void dialbackWithACertificateThatProvesTheDomainCountsAsTheCertificate() throws Exception {
        chat.edge.partner = Edge.partner(Negotiation.REQUIRED, Negotiation.NOT_SUPPORTED, true, false);
        chat.starts(chat.trusted());
        bothWays(HandedOver.class, Trust.STRONG);
        assertThat(chat.edge.counted("drawbridge_xmpp_streams_authenticated", "dialback_without_asking"))
                .isEqualTo(1);
        assertThat(chat.edge.counted("drawbridge_xmpp_streams_authenticated", "external"))
                .isZero();
    }

    @Test
    @Specified(
            document = "XEP-0220",
            section = "2",
            requirement = "Dialback without TLS, with Prosody, only where configured")
    void dialbackWithoutTlsIsTakenWhereTheSettingsSaySo() throws Exception {
        chat.edge.partner = Edge.partner(Negotiation.NOT_SUPPORTED, Negotiation.NOT_SUPPORTED, true, true);
        chat.starts(chat.trusted().withoutTls());
        bothWays(HandedOver.class, Trust.SPOOFABLE);
    }

    @Test
    @Specified(
            document = "XEP-0288",
            section = "2",
            requirement = "Stanzas of both directions on one stream, with Prosody")
    void oneStreamCarriesBothDirections() throws Exception {
        chat.starts(chat.trusted().certificatesOnly().with("s2s_bidi"));
        bothWays(HandedOver.class, Trust.STRONG);
        assertThat(chat.edge.gateway.streams()).isEqualTo(1);
    }

    @Test
    void whatAStreamThatCameInAllowsIsUsedForAnswers() throws Exception {
        chat.starts(chat.trusted().certificatesOnly().with("s2s_bidi"));
        try (XmppComponentLink users = chat.prosody.component()) {
            users.send(IN);
            assertThat(chat.edge.next().stanza().attributes().id()).isEqualTo("m2");
            assertThat(outcomeOf(chat.edge.sendsXml(Edge.CORP, Edge.CHAT, OUT))).isInstanceOf(HandedOver.class);
            assertThat(users.next(Duration.ofSeconds(10))).contains("hello");
            assertThat(chat.edge.gateway.streams()).isEqualTo(1);
        }
    }

    @Test
    @Specified(document = "XEP-0198", section = "4", requirement = "Stanzas are acknowledged on demand, with Prosody")
    void thePartnersServerAcknowledges() throws Exception {
        chat.starts(chat.trusted().certificatesOnly().with("smacks"));
        bothWays(Delivered.class, Trust.STRONG);
    }

    @Test
    @Specified(
            document = "XEP-0368",
            section = "SRV",
            requirement = "TLS from the first octet where _xmpps-server says so, with Prosody")
    void tlsFromTheFirstOctetIsUsedWhereDnsSaysSo() throws Exception {
        chat.starts(chat.trusted().certificatesOnly());
        chat.dns.replace(
                DnsServer.host("edge.corp.example"),
                DnsServer.host("xmpp.chat.example"),
                DnsServer.xmpps("corp.example", "edge.corp.example", chat.edge.directTlsPort),
                DnsServer.xmpps("chat.example", "xmpp.chat.example", chat.prosody.directTlsPort()));
        bothWays(HandedOver.class, Trust.STRONG);
    }

    @Test
    void aCertificateNobodyTrustsIsNotEnoughWhereTheSettingsWantOne() throws Exception {
        chat.starts(chat.untrusted());
        Failed failed = failureOf(chat.edge.sends("m1"));
        assertThat(failed.reason()).isEqualTo(Reason.CERTIFICATE_NOT_TRUSTED);
        assertThat(failed.condition()).isEqualTo(Condition.INTERNAL_SERVER_ERROR);
    }

    @Test
    void aPartnerWithoutServersIsNotFound() throws Exception {
        assertThat(failureOf(chat.edge.sends("m1")).condition()).isEqualTo(Condition.REMOTE_SERVER_NOT_FOUND);
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "3.3",
            requirement = "A stream that broke is set up again when there is something to say")
    void aRestartedPartnerIsReachedAgain() throws Exception {
        chat.starts(chat.trusted().certificatesOnly());
        bothWays(HandedOver.class, Trust.STRONG);
        chat.prosody.restart();
        bothWays(HandedOver.class, Trust.STRONG);
    }
}
