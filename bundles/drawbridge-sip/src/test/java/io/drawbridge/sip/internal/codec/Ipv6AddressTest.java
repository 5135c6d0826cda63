// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6AddressTest {
    private static boolean isValid(String text) {
        byte[] octets = Octets.of(text).toBytes();
        return Ipv6Address.isValid(octets, 0, octets.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::9:1",
                "2001:DB8::10:5070",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "::ffff:192.0.2.10",
                "2001:db8::192.0.2.1",
                "1:2:3:4:5:6:192.0.2.1"
            })
    void addressesAreTaken(String address) {
        assertThat(isValid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:",
                ":1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "2001:db8:::192.0.2.1",
                "12345::",
                "::g",
                "::1%eth0",
                "1:2:3:4:5:6:7:192.0.2.1",
                "::192.0.2",
                "::192.0.2.256",
                "::192.0.2.1.",
                "::192.0.2.1:5",
                "::0192.0.2.1",
                "1:2:3:4:5:6:7:8::",
                " ::1"
            })
    void othersAreRefused(String address) {
        assertThat(isValid(address)).isFalse();
    }
}
