// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainNameTest {
    @Test
    void caseAndTrailingDotDoNotDistinguishDomains() {
        assertThat(DomainName.of("Fabrikam.EXAMPLE.")).isEqualTo(DomainName.of("fabrikam.example"));
    }

    @Test
    void unicodeLabelsBecomeALabels() {
        assertThat(DomainName.of("bücher.example").value()).isEqualTo("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example,xn--bcher-kva.example",
        "例え.example,xn--r8jz45g.example",
        "faß.example,xn--fa-hia.example",
        "βόλος.example,xn--nxasmm1c.example",
        "пример.испытание,xn--e1afmkfd.xn--80akhbyknj4f",
        "中国.example,xn--fiqs8s.example"
    })
    void aNameHasOneFormForPeopleAndOneForDns(String unicode, String ascii) {
        assertThat(DomainName.of(unicode).value()).isEqualTo(ascii);
        assertThat(DomainName.of(ascii).unicode()).isEqualTo(unicode);
    }

    @Test
    void whatIsWrittenWideOrInUpperCaseIsTheSameName() {
        assertThat(DomainName.of("ＢÜcher。example").value()).isEqualTo("xn--bcher-kva.example");
    }

    @Test
    void idna2003TookSharpSForTwoAndThatIsAnotherDomain() {
        assertThat(DomainName.of("faß.example")).isNotEqualTo(DomainName.of("fass.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--zzzzzzzz99999999999.example", "xn--a.example", "xn--ls8h.example"})
    void whatDnsCarriesAndNobodyMayReadStaysAsItIs(String ascii) {
        assertThat(DomainName.of(ascii).unicode()).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(strings = {"💩.example", "a\u200db.example", "a\u00adb.example", "℀.example", "\u0301a.example"})
    void aLabelThatIdna2008DoesNotAllowIsRefused(String text) {
        assertThatThrownBy(() -> DomainName.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDomainContainsItselfAndTheHostsBelowItAndNotWhatEndsAlike() {
        DomainName partner = DomainName.of("partner.example");
        assertThat(partner.contains("sip.partner.example")).isTrue();
        assertThat(partner.contains("partner.example")).isTrue();
        assertThat(partner.contains("sip.evilpartner.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "*", "*.example", "192.0.2.1", "a..b", "-a.example", "a b", "a\nb", "[2001:db8::1]"})
    void whatIsNoDomainNameIsRefused(String text) {
        assertThatThrownBy(() -> DomainName.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
