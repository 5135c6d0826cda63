// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NickTest {
    @Test
    void aNickIsNoChannelMaskListServerOrSecondParameter() {
        for (String nick : List.of("bob", "Bob[w]", "b-o_b", "{x}|^`\\", "0123", "Jürgen", "李")) {
            assertThat(Nick.isValid(nick)).as(nick).isTrue();
        }
        for (String no : List.of(
                "",
                "#bob",
                "&bob",
                "+bob",
                "@bob",
                "$bob",
                ":bob",
                "-bob",
                "bob@irc",
                "bob!b",
                "bob,al",
                "b*b",
                "b?b",
                "irc.example",
                "bob bob",
                "bob\r",
                "bob\u0000",
                "b\u202Eob",
                "b\u00A0b",
                "%23bob",
                "b".repeat(65))) {
            assertThat(Nick.isValid(no)).as(no).isFalse();
        }
    }

    @Test
    void eachMappingKnowsItsOwnCases() {
        assertThat(CaseMapping.named("ascii").fold("Bob[]\\~É")).isEqualTo("bob[]\\~É");
        assertThat(CaseMapping.named("rfc1459").fold("Bob[]\\~É")).isEqualTo("bob{}|^É");
        assertThat(CaseMapping.named("strict-rfc1459").fold("Bob[]\\~É")).isEqualTo("bob{}|~É");
        assertThat(CaseMapping.named("rfc8265").fold("Bob[É")).isEqualTo("bob[é");
        assertThat(CaseMapping.named("of tomorrow")).isEqualTo(CaseMapping.ASCII);
    }
}
