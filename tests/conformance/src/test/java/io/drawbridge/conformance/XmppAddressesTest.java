// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.conformance.AddressVector.Protocol;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.map.Addresses;
import io.drawbridge.xmpp.internal.map.Unmappable;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The XMPP half of the way of an address: JID to principal and instance, and back. */
class XmppAddressesTest {
    /** What is refused for what only SIP can see in it: its scheme, its escapes, its delimiters. */
    private static final Set<String> REFUSED_BY_SIP = Set.of("N1", "N2", "N5", "N6a", "N6b", "N8", "N14");

    static Stream<AddressVector> written() {
        return AddressVector.from(Protocol.SIP).filter(vector -> !vector.isRefused());
    }

    static Stream<AddressVector> unwritable() {
        return AddressVector.from(Protocol.SIP)
                .filter(vector -> vector.isRefused() && !REFUSED_BY_SIP.contains(vector.name()));
    }

    static Stream<AddressVector> read() {
        return AddressVector.from(Protocol.XMPP).filter(vector -> !vector.isRefused());
    }

    static Stream<AddressVector> unreadable() {
        return AddressVector.from(Protocol.XMPP).filter(AddressVector::isRefused);
    }

    @ParameterizedTest
    @MethodSource("written")
    @Specified(
            document = "RFC 7247",
            section = "6.4",
            requirement = "SIP addresses are mapped to XMPP addresses; addresses/vectors.tsv")
    void anInstanceIsWrittenAsItsJid(AddressVector vector) throws Unmappable {
        assertThat(Addresses.write(AddressVector.named(vector.input())).toString())
                .isEqualTo(vector.expected());
        assertThat(Addresses.read(vector.expected())).isEqualTo(AddressVector.named(vector.back()));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    @Specified(
            document = "RFC 7622",
            section = "3.3",
            requirement = "The localpart of a JID is an instance of the UsernameCaseMapped profile")
    void anInstanceWithoutJidIsRefused(AddressVector vector) {
        assertThatThrownBy(() -> Addresses.write(AddressVector.named(vector.input())))
                .isInstanceOfAny(Unmappable.class, IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("read")
    @Specified(
            document = "RFC 7247",
            section = "6.4",
            requirement = "XMPP addresses are mapped to SIP addresses; addresses/vectors.tsv")
    @Specified(
            document = "XEP-0106",
            section = "4.2",
            requirement = "A JID is unescaped to what a native system knows and escaped to the same JID again")
    void aJidIsReadAsTheInstanceOfItsSipAddress(AddressVector vector) throws Unmappable {
        assertThat(Addresses.read(vector.input())).isEqualTo(AddressVector.named(vector.expected()));
        assertThat(Addresses.write(Addresses.read(vector.input())).toString()).isEqualTo(vector.back());
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    @Specified(
            document = "RFC 6120",
            section = "8.3.3.8",
            requirement = "jid-malformed: a JID that violates the rules of XMPP addresses")
    void aJidWithoutInstanceIsRefused(AddressVector vector) {
        assertThatThrownBy(() -> Addresses.read(vector.input()))
                .isInstanceOfSatisfying(Unmappable.class, e -> assertThat(
                                e.condition().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .isEqualTo(vector.refusal()));
    }
}
