// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.Instance;
import io.drawbridge.conformance.AddressVector.Protocol;
import io.drawbridge.sip.internal.map.SipAddresses;
import io.drawbridge.sip.internal.map.Unmappable;
import io.drawbridge.testbed.Specified;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SIP half of the way of an address: URI to principal and instance, and back. */
class SipAddressesTest {
    /** What is refused for what only XMPP asks of an address: its string classes and its escape sequences. */
    private static final Set<String> REFUSED_BY_XMPP = Set.of("N4", "N28");

    static Stream<AddressVector> read() {
        return AddressVector.from(Protocol.SIP).filter(vector -> !vector.isRefused());
    }

    static Stream<AddressVector> unreadable() {
        return AddressVector.from(Protocol.SIP)
                .filter(vector -> vector.isRefused() && !REFUSED_BY_XMPP.contains(vector.name()));
    }

    static Stream<AddressVector> written() {
        return AddressVector.from(Protocol.XMPP).filter(vector -> !vector.isRefused());
    }

    @ParameterizedTest
    @MethodSource("read")
    @Specified(
            document = "RFC 3261",
            section = "19.1.4",
            requirement = "Characters and their escapes are equivalent where they are not reserved")
    @Specified(document = "RFC 5627", section = "3.1", requirement = "A GRUU names one instance by its parameter gr")
    void aUriIsReadAsItsInstanceAndWrittenInOneForm(AddressVector vector) throws Unmappable {
        Instance instance = AddressWay.readSip(vector.input());

        assertThat(instance).isEqualTo(AddressVector.named(vector.input()));
        assertThat(SipAddresses.uri(instance)).isEqualTo(vector.back());
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    @Specified(
            document = "RFC 7247",
            section = "6.1",
            requirement = "What has no equal on the other side is refused with a status that says why, never bent")
    void aUriWithoutInstanceIsRefusedWithItsStatus(AddressVector vector) {
        assertThatThrownBy(() -> AddressWay.readSip(vector.input()))
                .isInstanceOfSatisfying(Unmappable.class, e -> assertThat(Integer.toString(e.status()))
                        .isEqualTo(vector.refusal()));
    }

    @ParameterizedTest
    @MethodSource("written")
    @Specified(
            document = "RFC 3261",
            section = "25.1",
            requirement = "What the grammar does not let stand for itself in a user or parameter is escaped")
    void anInstanceIsWrittenAsItsUriAndReadFromItAgain(AddressVector vector) throws Unmappable {
        Instance instance = AddressVector.named(vector.expected());

        assertThat(SipAddresses.uri(instance)).isEqualTo(vector.expected());
        assertThat(AddressWay.readSip(vector.expected())).isEqualTo(instance);
    }
}
