// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.conformance.AddressVector.Protocol;
import io.drawbridge.testbed.Specified;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way of an address from SIP to XMPP, from XMPP to SIP, and back again, both halves of it joined. */
class AddressMappingTest {
    static Stream<AddressVector> vectors() {
        return Stream.of(Protocol.values()).flatMap(AddressVector::from);
    }

    static Stream<AddressVector> mapped() {
        return vectors().filter(vector -> !vector.isRefused());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @Specified(
            document = "RFC 7247",
            section = "6",
            requirement = "An address becomes the one the rules give, or is refused; addresses/vectors.tsv")
    void anAddressBecomesItsEqualOrIsRefused(AddressVector vector) {
        assertThat(AddressWay.from(vector.from(), vector.input())).isEqualTo(vector.expected());
    }

    @ParameterizedTest
    @MethodSource("mapped")
    @Specified(
            document = "RFC 7247",
            section = "6",
            requirement = "An address that was mapped names the same principal and instance when mapped back")
    void itsEqualBecomesTheAddressAgain(AddressVector vector) {
        Protocol other = vector.from() == Protocol.SIP ? Protocol.XMPP : Protocol.SIP;

        assertThat(AddressWay.from(other, vector.expected())).isEqualTo(vector.back());
        assertThat(AddressWay.from(vector.from(), vector.back())).isEqualTo(vector.expected());
    }
}
