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

/** What SIP alone knows of addresses; the mapping to XMPP and back is shown by the conformance tests. */
class SipAddressesTest {
    private static Instance instance(String local, String domain, String id) {
        return new Instance(Principal.of(local, DomainName.of(domain)), id);
    }

    /** What the shared vectors of the conformance tests leave open. */
    @ParameterizedTest
    @CsvSource({
        "a single label, sip:alice@localhost, 404",
        "an IPv4 address, sip:alice@192.0.2.1, 403",
    })
    void aHostThatIsNoDomainIsRefused(String what, String uri, int status) { // 6.1
        assertThat(catchThrowableOfType(Unmappable.class, () -> SipAddresses.of(uri))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aUriWithoutUserIsADomain() throws Unmappable {
        assertThat(SipAddresses.of("sip:sip.example").principal().isDomain()).isTrue();
    }

    @Test
    void onlyWhatStandsWithinTheBracketsIsOfTheUri() throws Unmappable {
        assertThat(SipAddresses.ofHeader("<sip:a@d.example;gr=x>;tag=1").id()).isEqualTo("x");
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
