// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SIP half of the address vectors of interworking 6.2.5 to 6.2.9; the names of cases are theirs. */
class SipAddressesTest {
    private static Instance instance(String local, String domain, String id) {
        return new Instance(Principal.of(local, DomainName.of(domain)), id);
    }

    /** Behind the URI stand the local part without any escape, and the URI that it becomes again. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            textBlock =
                    """
                    A1 sip:alice@sip.example alice sip:alice@sip.example
                    A2 sip:f%C3%BC@sip.example fü sip:f%C3%BC@sip.example
                    A3 sip:o'malley@sip.example o'malley sip:o'malley@sip.example
                    A4 sip:o%27malley@sip.example o'malley sip:o'malley@sip.example
                    A8 sip:m&m@sip.example m&m sip:m&m@sip.example
                    A9 sip:a/b@sip.example a/b sip:a/b@sip.example
                    A10 sip:a%2Fb@sip.example a/b sip:a/b@sip.example
                    A11 sip:bob%40corp.example@sip.example bob@corp.example sip:bob%40corp.example@sip.example
                    A12 sip:alice%20smith@sip.example `alice smith` sip:alice%20smith@sip.example
                    A13 sip:%22q%22@sip.example "q" sip:%22q%22@sip.example
                    A14 sip:x%3Cy%3E@sip.example x<y> sip:x%3Cy%3E@sip.example
                    A15 sip:a%3Ab@sip.example a:b sip:a%3Ab@sip.example
                    A16 sip:c%5Cd@sip.example c\\d sip:c%5Cd@sip.example
                    A17 sip:c%5C40d@sip.example c\\40d sip:c%5C40d@sip.example
                    A18 sip:c%5C5cd@sip.example c\\5cd sip:c%5C5cd@sip.example
                    A19 sip:c%5C41d@sip.example c\\41d sip:c%5C41d@sip.example
                    A20 sip:100%25@sip.example 100% sip:100%25@sip.example
                    A21 sip:a%2540b@sip.example a%40b sip:a%2540b@sip.example
                    A22 sip:user(corp.example)@sip.example user(corp.example) sip:user(corp.example)@sip.example
                    A23 sip:+14155550100;phone-context=x@sip.example +14155550100;phone-context=x sip:+14155550100;phone-context=x@sip.example
                    A24 sip:a,b;c?d=e+f$g@sip.example a,b;c?d=e+f$g sip:a,b;c?d=e+f$g@sip.example
                    A25 sip:a%2Cb%3Bc@sip.example a,b;c sip:a,b;c@sip.example
                    A26 sip:%5B1%5D%7Bx%7D%7C@sip.example [1]{x}| sip:%5B1%5D%7Bx%7D%7C@sip.example
                    A27 sip:%E6%97%A5%E6%9C%AC@sip.example 日本 sip:%E6%97%A5%E6%9C%AC@sip.example
                    A28 sip:here%27s_a_wild_%26_%2Fcr%25zy%2F_address@sip.example here's_a_wild_&_/cr%zy/_address sip:here's_a_wild_&_/cr%25zy/_address@sip.example
                    N7 sip:alice:secret@sip.example alice sip:alice@sip.example
                    N10 sip:ALICE@SIP.EXAMPLE alice sip:alice@sip.example
                    N11 sip:alice@sip.example:5061;transport=tls;user=phone?Subject=x alice sip:alice@sip.example
                    N15 sip:alice@sip.example;gr alice sip:alice@sip.example
                    N22 im:bob@sip.example bob sip:bob@sip.example
                    N24 sip:c%5C2Fd@sip.example c\\2fd sip:c%5C2fd@sip.example
                    """)
    void aUserOfSipIsAPrincipalAndBack(String name, String uri, String local, String back) throws Unmappable {
        Instance instance = SipAddresses.of(uri);

        assertThat(instance).isEqualTo(instance(local, "sip.example", ""));
        assertThat(SipAddresses.uri(instance)).isEqualTo(back);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            textBlock =
                    """
                    A5 bar bar bar
                    A6 urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
                    A7 a%2Fb%20c%40d `a/b c@d` a/b%20c%40d
                    B2 balcony balcony balcony
                    B30 %E6%9D%B1%E4%BA%AC 東京 %E6%9D%B1%E4%BA%AC
                    B31 my%20phone/2 `my phone/2` my%20phone/2
                    B32 a%40b a@b a%40b
                    B33 x%3By%3Dz x;y=z x%3By%3Dz
                    B34 balc%C3%B3n balcón balc%C3%B3n
                    B35 urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF
                    """)
    void aGruuIsAnInstanceAndBack(String name, String gruu, String id, String back) throws Unmappable {
        Instance instance = SipAddresses.of("sip:foo@sip.example;gr=" + gruu);

        assertThat(instance).isEqualTo(instance("foo", "sip.example", id));
        assertThat(SipAddresses.uri(instance)).isEqualTo("sip:foo@sip.example;gr=" + back);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            textBlock =
                    """
                    B1 juliet sip:juliet@xmpp.example
                    B3 m&m sip:m&m@xmpp.example
                    B4 o'malley sip:o'malley@xmpp.example
                    B5 tschüss sip:tsch%C3%BCss@xmpp.example
                    B6 d'artagnan sip:d'artagnan@xmpp.example
                    B7 `at&t guy` sip:at&t%20guy@xmpp.example
                    B8 `space cadet` sip:space%20cadet@xmpp.example
                    B9 `call me "ishmael"` sip:call%20me%20%22ishmael%22@xmpp.example
                    B10 /.fanboy sip:/.fanboy@xmpp.example
                    B11 ::foo:: sip:%3A%3Afoo%3A%3A@xmpp.example
                    B12 <foo> sip:%3Cfoo%3E@xmpp.example
                    B13 user@host sip:user%40host@xmpp.example
                    B14 c:\\net sip:c%3A%5Cnet@xmpp.example
                    B15 c:\\\\net sip:c%3A%5C%5Cnet@xmpp.example
                    B16 `c:\\cool stuff` sip:c%3A%5Ccool%20stuff@xmpp.example
                    B17 c:\\5commas sip:c%3A%5C5commas@xmpp.example
                    B18 \\3and\\2is\\5cool sip:%5C3and%5C2is%5C5cool@xmpp.example
                    B19 here's_a_wild_&_/cr%zy/_address sip:here's_a_wild_&_/cr%25zy/_address@xmpp.example
                    B20 \\2plus\\2is\\4 sip:%5C2plus%5C2is%5C4@xmpp.example
                    B21 foo\\bar sip:foo%5Cbar@xmpp.example
                    B22 foob\\41r sip:foob%5C41r@xmpp.example
                    B23 a\\26b sip:a%5C26b@xmpp.example
                    B24 foo#bar sip:foo%23bar@xmpp.example
                    B25 foo%bar sip:foo%25bar@xmpp.example
                    B26 foo%41bar sip:foo%2541bar@xmpp.example
                    B27 a[b]c sip:a%5Bb%5Dc@xmpp.example
                    B28 a^b'c{d|e} sip:a%5Eb'c%7Bd%7Ce%7D@xmpp.example
                    B29 a=b$c+d,e;f?g sip:a=b$c+d,e;f?g@xmpp.example
                    B30 日本 sip:%E6%97%A5%E6%9C%AC@xmpp.example
                    """)
    void aPrincipalIsAUriAndBack(String name, String local, String uri) throws Unmappable {
        Instance instance = instance(local, "xmpp.example", "");

        assertThat(SipAddresses.uri(instance)).isEqualTo(uri);
        assertThat(SipAddresses.of(uri)).isEqualTo(instance);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "N1, sips:alice@sip.example, 403",
        "N2, sip:%FF@sip.example, 404",
        "N3, sip:a%00b@sip.example, 404",
        "N5, sip:a%C3%28@sip.example, 404",
        "N6, sip:a%2@sip.example, 400",
        "N6, sip:a%zz@sip.example, 400",
        "N8, sip:a@b@sip.example, 400",
        "N12, sip:alice@[2001:db8::1], 403",
        "N14, tel:+14155550100, 416",
        "N25, sip:a%EF%BC%A0b@sip.example, 404",
        "N26, sip:a%EF%BC%BC2fb@sip.example, 404",
        "6.1 single label, sip:alice@localhost, 404",
        "6.1 IP literal, sip:alice@192.0.2.1, 403",
    })
    void whatCannotBeMappedIsRefusedAndNeverBent(String name, String uri, int status) {
        assertThat(catchThrowableOfType(Unmappable.class, () -> SipAddresses.of(uri))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aUserOf1100OctetsIsRefused() { // N13
        String uri = "sip:" + "a".repeat(1100) + "@sip.example";

        assertThat(catchThrowableOfType(Unmappable.class, () -> SipAddresses.of(uri))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aUriWithoutUserIsADomain() throws Unmappable { // N9
        assertThat(SipAddresses.of("sip:sip.example").principal().isDomain()).isTrue();
    }

    @Test
    void aParameterOutsideTheBracketsIsNoGruu() throws Unmappable { // N23
        assertThat(SipAddresses.ofHeader("<sip:a@d.example>;gr=x").isAny()).isTrue();
        assertThat(SipAddresses.ofHeader("<sip:a@d.example;gr=x>;tag=1").id()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "SIP.Example., sip.example",
        "xn--fa-hia.example, xn--fa-hia.example"
    })
    void aDomainKeepsItsALabels(String host, String domain) throws Unmappable { // 6.2.8
        assertThat(SipAddresses.of("sip:a@" + host).principal().domain().value())
                .isEqualTo(domain);
    }

    @Test
    void lyncsEndpointIsTheInstance() throws Unmappable { // 6.2.9, 3.11
        assertThat(SipAddresses.ofHeader("<sip:a@d.example;gruu;opaque=user:epid:Q2xxAA>")
                        .id())
                .isEqualTo("Q2xxAA");
        assertThat(SipAddresses.ofHeader("\"A\" <sip:a@d.example>;tag=1;epid=0a1b2c3d4e")
                        .id())
                .isEqualTo("0a1b2c3d4e");
        assertThat(SipAddresses.ofHeader("<sip:a@d.example;gruu;opaque=app:conf:chat:id:X>")
                        .isAny())
                .isTrue();
    }

    @Test
    void anInstanceHasAnEndpointIdentifierOfItsOwn() {
        assertThat(SipAddresses.epid(instance("a", "d.example", "b")))
                .matches("[0-9a-f]{10}")
                .isNotEqualTo(SipAddresses.epid(instance("a", "d.example", "c")));
    }
}
