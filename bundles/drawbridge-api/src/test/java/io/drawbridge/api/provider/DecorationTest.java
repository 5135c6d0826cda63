// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoration vectors of interworking 8.2: "decoration domain msn.example, native domains msn.example, live.example". */
final class DecorationTest {
    private static final Decoration MSN = Decoration.at("msn.example", "live.example");

    @ParameterizedTest(name = "{0} goes as {1}")
    @CsvSource({
        "bob@msn.example, bob@msn.example",
        "bob@live.example, bob@live.example",
        "bob@corp.example, bob(corp.example)@msn.example",
        "b.o+b@corp.example, b.o+b(corp.example)@msn.example",
        "bob(corp.example)@msn.example, bob(corp.example)@msn.example",
        "bob(CORP.example)@msn.example, bob(CORP.example)@msn.example",
    })
    void anAddressAtADomainOffTheExcludedListIsParenthesisedAtTheRoutingDomain(String written, String wire) {
        assertThat(MSN.decorated(Address.of(written))).contains(Address.of(wire));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "b(o)b@corp.example",
                "bob()@msn.example",
                "(corp.example)@msn.example",
                "bob(corp.example)@live.example",
                "bob(corp.example)x@msn.example",
                "bob((corp.example))@msn.example",
                "bob(corp.example@msn.example",
                "bob)corp.example(@msn.example",
                "b%28o%29b@corp.example",
                "bob(127.0.0.1)@msn.example",
            })
    void parenthesesThatDoNotEncloseADomainAreRefused(String address) {
        assertThat(MSN.decorated(Address.of(address))).isEmpty();
        assertThat(MSN.isSound(Address.of(address))).isFalse();
        assertThat(MSN.undecorated(Address.of(address))).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "bob(corp.example)@msn.example, bob@corp.example",
        "bob(CORP.example)@msn.example, bob@corp.example",
        "bob%28corp.example%29@msn.example, bob@corp.example",
    })
    void aDecoratedAddressNamesAPersonAtAForeignDomain(String wire, String person) {
        assertThat(MSN.undecorated(Address.of(wire))).contains(Address.of(person));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"bob@msn.example", "bob(live.example)@msn.example", "bob(msn.example)@msn.example"})
    void whatNeedsNoDecorationIsNobodyElse(String wire) {
        assertThat(MSN.undecorated(Address.of(wire))).isEmpty();
        assertThat(MSN.isSound(Address.of(wire))).isTrue();
    }

    @Test
    void theRoutingDomainIsAlwaysExcluded() {
        assertThat(Decoration.at("msn.example").excludedDomains()).containsExactly(DomainName.of("msn.example"));
    }

    @Test
    void anAddressWithoutAPersonStaysAsItIs() {
        Address domain = new Address("", DomainName.of("corp.example"));
        assertThat(MSN.decorated(domain)).contains(domain);
    }
}
