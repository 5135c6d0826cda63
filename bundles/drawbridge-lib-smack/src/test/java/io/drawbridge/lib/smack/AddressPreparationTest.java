// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.smack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** RFC 7622 section 3, RFC 8265 sections 3.3 and 4.2. */
final class AddressPreparationTest {
    @BeforeAll
    static void load() {
        Smack.load();
    }

    @ParameterizedTest
    @CsvSource({
        "Alice,alice",
        "Ａｌｉｃｅ,alice",
        "Straße,straße",
        "fußball,fußball",
        "ΣΊΣΥΦΟΣ,σίσυφος",
        "e\u0301,é",
        "İ,i\u0307",
        "ｶﾀｶﾅ,カタカナ",
        "日本,日本",
        "o\\27Malley,o\\27malley",
    })
    void aLocalPartIsMappedAsUsernameCaseMapped(String written, String prepared) throws XmppStringprepException {
        assertThat(Localpart.from(written)).hasToString(prepared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ﬁsh",
                "henryⅣ",
                "♚",
                "😀",
                "a\u200Db",
                "a\u00ADb",
                "µ",
                "a\u00A0b",
                "℀",
                "a b",
                "a\"b",
                "a&b",
                "a'b",
                "a/b",
                "a:b",
                "a<b",
                "a>b",
                "a@b",
                "a＠b",
                "a／b",
                "",
                "a\u0000b",
                "\uD800"
            })
    void whatUsernameCaseMappedDoesNotAllowIsRefused(String written) {
        assertThatThrownBy(() -> Localpart.from(written)).isInstanceOf(XmppStringprepException.class);
    }

    @Test
    void aWideBackslashMakesNoEscapeSequence() {
        assertThatThrownBy(() -> Localpart.from("a＼2fb")).isInstanceOf(XmppStringprepException.class);
    }

    @Test
    void aResourceKeepsCaseWidthAndSymbols() throws XmppStringprepException {
        assertThat(Resourcepart.from("Ｈome ♚ e\u0301")).hasToString("Ｈome ♚ é");
    }

    @Test
    void aSpaceOfAnotherKindIsASpaceInAResource() throws XmppStringprepException {
        assertThat(Resourcepart.from("a\u00A0b")).hasToString("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u200Db", "a\nb", ""})
    void whatOpaqueStringDoesNotAllowIsRefused(String written) {
        assertThatThrownBy(() -> Resourcepart.from(written)).isInstanceOf(XmppStringprepException.class);
    }

    @Test
    void aPartHasAtMost1023Octets() throws XmppStringprepException {
        assertThat(Localpart.from("ü".repeat(511)).length()).isEqualTo(511);
        assertThatThrownBy(() -> Localpart.from("ü".repeat(512))).isInstanceOf(XmppStringprepException.class);
    }

    @ParameterizedTest
    @CsvSource({"xn--bcher-kva.EXAMPLE.,bücher.example", "faß.example,faß.example", "XMPP.example,xmpp.example"})
    void aDomainIsWrittenInULabels(String written, String prepared) throws XmppStringprepException {
        assertThat(JidCreate.from("a@" + written).toString()).isEqualTo("a@" + prepared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@[2001:db8::1]", "a@192.0.2.1", "a@b@c", "a@", "@d.example", "a@d.example/", ""})
    void whatIsNoAddressOfAUserAtADomainIsRefused(String written) {
        assertThatThrownBy(() -> JidCreate.from(written)).isInstanceOf(XmppStringprepException.class);
    }
}
