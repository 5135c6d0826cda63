// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5922 section 7.1, with the certificates of interworking 1.9. */
final class CertificateNamesTest {
    private static final TestAuthority AUTHORITY = TestAuthority.root("Authority");

    private static PeerIdentity read(TestAuthority.Order order) {
        return CertificateNames.identity(order.issue().leaf());
    }

    @Test
    void aSipUriWithoutUserNamesADomainVectorC1() {
        assertThat(read(AUTHORITY.order().uri("sip:partner.example")).sipDomains())
                .containsExactly(DomainName.of("partner.example"));
    }

    @Test
    void uriAndDnsNamesAreBothReadVectorC4() {
        PeerIdentity identity = read(AUTHORITY.order("partner.example").uri("sip:other.example"));
        assertThat(identity.sipDomains()).containsExactly(DomainName.of("other.example"));
        assertThat(identity.dnsNames()).containsExactly("partner.example");
    }

    @Test
    void aWildcardStaysAsWrittenVectorC5() {
        assertThat(read(AUTHORITY.order("*.partner.example")).dnsNames()).containsExactly("*.partner.example");
    }

    @Test
    void aCommonNameCountsWithoutAlternativeNamesOnlyVectorsC6AndC7() {
        PeerIdentity bare = read(AUTHORITY.order("partner.example").withoutAlternativeNames());
        assertThat(bare.commonName()).contains("partner.example");
        assertThat(bare.namesHost("partner.example")).isTrue();
        PeerIdentity silenced = read(AUTHORITY
                .order("partner.example")
                .withoutAlternativeNames()
                .name(new GeneralName(GeneralName.dNSName, "mail.partner.example")));
        assertThat(silenced.alternativeNames()).isTrue();
        assertThat(silenced.namesHost("partner.example")).isFalse();
    }

    @Test
    void aUserPartOrAnotherSchemeNamesNoDomainVectorsC8AndC9() {
        PeerIdentity identity = read(AUTHORITY
                .order()
                .uri("sip:alice@partner.example")
                .uri("sips:partner.example")
                .uri("https://partner.example")
                .uri("sip:partner.example:5061"));
        assertThat(identity.sipDomains()).isEmpty();
        assertThat(identity.alternativeNames()).isTrue();
    }

    @Test
    void caseDoesNotMatterVectorC10() {
        PeerIdentity identity = read(AUTHORITY.order("PARTNER.EXAMPLE").uri("SIP:Partner.Example"));
        assertThat(identity.dnsNames()).containsExactly("partner.example");
        assertThat(identity.sipDomains()).containsExactly(DomainName.of("partner.example"));
    }

    /** Interworking 4.7: which names for XMPP count for servers. */
    @ParameterizedTest
    @CsvSource({
        "8.5, im.chat.example, true",
        "8.5, IM.Chat.Example, true",
        "8.5, bob@im.chat.example, false",
        "8.7, _xmpp-server.im.chat.example, true",
        "8.7, _XMPP-Server.im.chat.example, true",
        "8.7, _xmpp-client.im.chat.example, false",
        "8.7, _xmpp-server.*.chat.example, false"
    })
    void namesForXmppAreRead(String type, String name, boolean counts) {
        ASN1EncodableVector otherName = new ASN1EncodableVector();
        otherName.add(new ASN1ObjectIdentifier("1.3.6.1.5.5.7." + type));
        ASN1Encodable text = type.equals("8.5") ? new DERUTF8String(name) : new DERIA5String(name);
        otherName.add(new DERTaggedObject(true, 0, text));
        PeerIdentity identity = read(
                AUTHORITY.order("x.example").name(new GeneralName(GeneralName.otherName, new DERSequence(otherName))));
        assertThat(identity.namesXmppDomain(DomainName.of("im.chat.example"))).isEqualTo(counts);
    }

    /** Interworking 4.7: DNS names, with a wildcard for one whole left-most label. */
    @ParameterizedTest
    @CsvSource({
        "im.chat.example, true",
        "IM.Chat.Example, true",
        "*.chat.example, true",
        "*.example, false",
        "i*.chat.example, false",
        "*.im.chat.example, false",
        "chat.example, false"
    })
    void dnsNamesIdentifyAnXmppDomain(String name, boolean counts) {
        assertThat(read(AUTHORITY.order(name)).namesXmppDomain(DomainName.of("im.chat.example")))
                .isEqualTo(counts);
    }

    @Test
    void theCommonNameNeverIdentifiesAnXmppDomain() {
        assertThat(read(AUTHORITY.order("im.chat.example").withoutAlternativeNames())
                        .namesXmppDomain(DomainName.of("im.chat.example")))
                .isFalse();
    }

    @Test
    void anInternationalDomainIsComparedByItsALabels() {
        assertThat(read(AUTHORITY.order("xn--bcher-kva.example")).namesXmppDomain(DomainName.of("bücher.example")))
                .isTrue();
    }

    @Test
    void anAlternativeNameOfAnyOtherKindSilencesTheCommonName() {
        ASN1EncodableVector xmppAddress = new ASN1EncodableVector();
        xmppAddress.add(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5"));
        xmppAddress.add(new DERTaggedObject(true, 0, new DERUTF8String("partner.example")));
        PeerIdentity identity = read(AUTHORITY
                .order("partner.example")
                .withoutAlternativeNames()
                .name(new GeneralName(GeneralName.otherName, new DERSequence(xmppAddress))));
        assertThat(identity.alternativeNames()).isTrue();
        assertThat(identity.namesHost("partner.example")).isFalse();
    }
}
