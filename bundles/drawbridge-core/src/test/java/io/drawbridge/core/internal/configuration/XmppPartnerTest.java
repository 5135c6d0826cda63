// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.XMPP;
import static io.drawbridge.core.internal.Configured.contoso;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.PartnerType;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.core.internal.Configured;
import io.drawbridge.core.internal.policy.PartnersInForce;
import io.drawbridge.core.internal.policy.PolicyInForce;
import io.drawbridge.core.internal.policy.TranslatedPartner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be configured for an XMPP partner (lync-edge 8.2, 8.3; interworking 4.8). */
final class XmppPartnerTest {
    private static final String PARTNER = XMPP + "chat.example";

    @Test
    void withoutFurtherWordsAPartnerIsPublicAndUnverifiedAndProvesItsDomainByCertificate() {
        XmppPartner partner = partners(contoso().set(PARTNER))
                .of(DomainName.of("chat.example"))
                .orElseThrow();
        assertThat(partner)
                .isEqualTo(new XmppPartner(
                        DomainName.of("chat.example"),
                        Set.of(),
                        PartnerType.PUBLIC_UNVERIFIED,
                        Optional.empty(),
                        Negotiation.REQUIRED,
                        Negotiation.REQUIRED,
                        true,
                        false,
                        true,
                        0,
                        0));
    }

    @Test
    void everyKeyOfLyncReachesThePartnerUnderItsName() {
        Configured edge = contoso()
                .set(
                        XMPP + "any-name",
                        "domain",
                        "chat.example",
                        "additionalDomains",
                        "a.example, b.example",
                        "description",
                        "the chat people",
                        "partnerType",
                        "Federated",
                        "proxyFqdn",
                        "xmpp.chat.example:5270",
                        "tlsNegotiation",
                        "Optional",
                        "saslNegotiation",
                        "NotSupported",
                        "supportDialbackNegotiation",
                        "true",
                        "allowUnencrypted",
                        "true",
                        "enableKeepAlive",
                        "false",
                        "connectionLimit",
                        "7",
                        "stanzasPerSecond",
                        "30");
        assertThat(edge.problems()).isEmpty();
        XmppPartner partner = partners(edge).of(DomainName.of("b.example")).orElseThrow();
        assertThat(partner)
                .isEqualTo(new XmppPartner(
                        DomainName.of("chat.example"),
                        Set.of(DomainName.of("a.example"), DomainName.of("b.example")),
                        PartnerType.FEDERATED,
                        Optional.of(new HostPort("xmpp.chat.example", 5270)),
                        Negotiation.OPTIONAL,
                        Negotiation.NOT_SUPPORTED,
                        true,
                        true,
                        false,
                        7,
                        30));
        assertThat(partners(edge).all()).containsExactly(partner);
        assertThat(edge.snapshot().translated().get(partner.domain()).description())
                .isEqualTo("the chat people");
    }

    /** The 18 rows of lync-edge 8.3, with every unencrypted stream that the row needs allowed. */
    @ParameterizedTest(name = "TLS {0}, SASL {1}, dialback {2}: {3}")
    @CsvSource(
            nullValues = "invalid",
            value = {
                "Required,     Required,     true,  certificate over TLS,                                          STRONG",
                "Required,     Required,     false, certificate over TLS,                                          STRONG",
                "Optional,     Required,     true,  certificate over TLS + dialback over TLS + dialback without TLS, SPOOFABLE",
                "Optional,     Required,     false, certificate over TLS,                                          STRONG",
                "NotSupported, Required,     true,  dialback without TLS,                                          SPOOFABLE",
                "NotSupported, Required,     false, invalid,                                                       invalid",
                "Required,     Optional,     true,  certificate over TLS + dialback over TLS,                      WEAK",
                "Required,     Optional,     false, certificate over TLS,                                          STRONG",
                "Optional,     Optional,     true,  certificate over TLS + dialback over TLS + dialback without TLS, SPOOFABLE",
                "Optional,     Optional,     false, certificate over TLS,                                          STRONG",
                "NotSupported, Optional,     true,  dialback without TLS,                                          SPOOFABLE",
                "NotSupported, Optional,     false, invalid,                                                       invalid",
                "Required,     NotSupported, true,  dialback over TLS,                                             WEAK",
                "Required,     NotSupported, false, invalid,                                                       invalid",
                "Optional,     NotSupported, true,  dialback over TLS + dialback without TLS,                      SPOOFABLE",
                "Optional,     NotSupported, false, invalid,                                                       invalid",
                "NotSupported, NotSupported, true,  dialback without TLS,                                          SPOOFABLE",
                "NotSupported, NotSupported, false, invalid,                                                       invalid"
            })
    void theNegotiationMatrix(String tls, String sasl, String dialback, String methods, Trust weakest) {
        Configured edge = contoso()
                .set(
                        PARTNER,
                        "tlsNegotiation",
                        tls,
                        "saslNegotiation",
                        sasl,
                        "supportDialbackNegotiation",
                        dialback,
                        "allowUnencrypted",
                        "true");
        if (methods == null) {
            assertThat(edge.snapshot().translated()).isEmpty();
            assertThat(edge.problems()).singleElement().satisfies(problem -> assertThat(problem.getMessage())
                    .startsWith(PARTNER + ": supportDialbackNegotiation=false: is true if "));
            return;
        }
        assertThat(edge.problems()).isEmpty();
        XmppPartner partner = edge.snapshot()
                .translated()
                .get(DomainName.of("chat.example"))
                .xmpp()
                .orElseThrow();
        assertThat(TranslatedPartner.methods(partner)).isEqualTo(List.of(methods.split(" \\+ ")));
        assertThat(partner.weakestProof()).isEqualTo(weakest);
    }

    @Test
    void dialbackWithoutTlsNeedsItsOwnSwitch() {
        Configured edge = contoso().set(PARTNER, "tlsNegotiation", "NotSupported");
        assertThat(edge.snapshot().translated()).isEmpty();
        assertThat(messages(edge))
                .containsExactly(
                        PARTNER
                                + ": allowUnencrypted=false: is true if tlsNegotiation=NotSupported: dialback without TLS needs it");
        XmppPartner optional = contoso()
                .set(PARTNER, "tlsNegotiation", "Optional", "saslNegotiation", "Optional")
                .snapshot()
                .translated()
                .get(DomainName.of("chat.example"))
                .xmpp()
                .orElseThrow();
        assertThat(optional.weakestProof()).isEqualTo(Trust.WEAK);
    }

    @Test
    void certificatesWithoutRequiredTlsAreAcceptedWithARemark() {
        Standing standing = Standing.NOTHING.with(
                Map.of(PARTNER, Optional.of(Configured.properties("tlsNegotiation", "Optional"))));
        assertThat(standing.problems()).isEmpty();
        assertThat(standing.remarks())
                .extracting(InvalidSetting::getMessage)
                .containsExactly(PARTNER
                        + ": saslNegotiation=REQUIRED: needs TLS, but tlsNegotiation=OPTIONAL: negotiation may fail");
    }

    /** Interworking 4.8: "warn: dialback unusable" where certificates are required; it is the default, so only if asked for. */
    @ParameterizedTest
    @CsvSource({"Required, true", "Optional, false"})
    void dialbackWhereCertificatesAreRequiredIsAcceptedWithARemark(String sasl, boolean remarked) {
        Standing standing = Standing.NOTHING.with(Map.of(
                PARTNER,
                Optional.of(Configured.properties("saslNegotiation", sasl, "supportDialbackNegotiation", "true"))));
        assertThat(standing.problems()).isEmpty();
        assertThat(standing.remarks())
                .extracting(InvalidSetting::getMessage)
                .allMatch(message -> message.startsWith(PARTNER + ": supportDialbackNegotiation=true: has no effect"))
                .hasSize(remarked ? 1 : 0);
        assertThat(Standing.NOTHING
                        .with(Map.of(PARTNER, Optional.of(Configured.properties("saslNegotiation", sasl))))
                        .remarks())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "contoso.example, is an own domain",
        "bad.example,     is blocked already",
        "sip.example,     is allowed already",
        "other.example,   is reached by another link already"
    })
    void aDomainOnAnotherListIsNoPartnersMainDomain(String domain, String rule) {
        Configured edge = others().set(XMPP + "zzz", "domain", domain, "additionalDomains", "more.example");
        assertThat(messages(edge)).singleElement().asString().startsWith(XMPP + "zzz: domain=" + domain + ": " + rule);
        assertThat(edge.snapshot().translated()).doesNotContainKey(DomainName.of("more.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "contoso.example, is an own domain",
        "bad.example,     is blocked already",
        "sip.example,     is allowed already",
        "other.example,   is reached by another link already",
        "chat.example,    is the main domain"
    })
    void aDomainOnAnotherListIsNoAdditionalDomainAndTheOthersStay(String domain, String rule) {
        Configured edge = others().set(PARTNER, "additionalDomains", domain + ", more.example");
        assertThat(messages(edge))
                .singleElement()
                .asString()
                .startsWith(PARTNER + ": additionalDomains=" + domain + ": " + rule);
        assertThat(partners(edge)
                        .of(DomainName.of("more.example"))
                        .orElseThrow()
                        .additionalDomains())
                .containsExactly(DomainName.of("more.example"));
    }

    @Test
    void aBadChangeLeavesThePartnerAsItWas() {
        Configured edge = contoso().set(PARTNER, "partnerType", "Federated").set(PARTNER, "partnerType", "Friend");
        assertThat(messages(edge)).singleElement().asString().startsWith(PARTNER + ": partnerType=Friend: is one of");
        assertThat(partners(edge)
                        .of(DomainName.of("chat.example"))
                        .orElseThrow()
                        .type())
                .isEqualTo(PartnerType.FEDERATED);
    }

    private static Configured others() {
        return contoso()
                .set(BLOCKED + "bad.example")
                .set(ALLOWED + "sip.example")
                .set(XMPP + "aaa", "domain", "other.example");
    }

    private static XmppPartners partners(Configured edge) {
        PolicyInForce policy = new PolicyInForce();
        policy.replace(edge.snapshot());
        return new PartnersInForce(policy);
    }

    private static List<String> messages(Configured edge) {
        return edge.problems().stream().map(InvalidSetting::getMessage).toList();
    }
}
