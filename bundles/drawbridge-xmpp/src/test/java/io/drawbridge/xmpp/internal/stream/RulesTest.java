// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.partner.XmppPartner.Negotiation;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix of lync-edge 8.3: S is SASL over TLS, TD dialback over TLS, D dialback over TCP. */
final class RulesTest {
    @ParameterizedTest
    @CsvSource({
        "REQUIRED, REQUIRED, true, S",
        "REQUIRED, REQUIRED, false, S",
        "OPTIONAL, REQUIRED, true, S TD D",
        "OPTIONAL, REQUIRED, false, S",
        "NOT_SUPPORTED, REQUIRED, true, D",
        "NOT_SUPPORTED, REQUIRED, false, ''",
        "REQUIRED, OPTIONAL, true, S TD",
        "REQUIRED, OPTIONAL, false, S",
        "OPTIONAL, OPTIONAL, true, S TD D",
        "OPTIONAL, OPTIONAL, false, S",
        "NOT_SUPPORTED, OPTIONAL, true, D",
        "NOT_SUPPORTED, OPTIONAL, false, ''",
        "REQUIRED, NOT_SUPPORTED, true, TD",
        "REQUIRED, NOT_SUPPORTED, false, ''",
        "OPTIONAL, NOT_SUPPORTED, true, TD D",
        "OPTIONAL, NOT_SUPPORTED, false, ''",
        "NOT_SUPPORTED, NOT_SUPPORTED, true, D",
        "NOT_SUPPORTED, NOT_SUPPORTED, false, ''"
    })
    void theSettingsSayWhatMayAuthenticate(Negotiation tls, Negotiation sasl, boolean dialback, String methods) {
        Rules rules = new Rules(Edge.partner(tls, sasl, dialback, true));
        StringJoiner allowed = new StringJoiner(" ");
        if (rules.external()) {
            allowed.add("S");
        }
        if (rules.dialbackOverTls()) {
            allowed.add("TD");
        }
        if (rules.dialbackOverTcp()) {
            allowed.add("D");
        }
        assertThat(allowed).hasToString(methods);
        Rules encrypted = new Rules(Edge.partner(tls, sasl, dialback, false));
        assertThat(encrypted.dialbackOverTcp()).isFalse();
    }
}
