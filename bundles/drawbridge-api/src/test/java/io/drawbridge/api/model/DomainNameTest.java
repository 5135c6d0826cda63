// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
