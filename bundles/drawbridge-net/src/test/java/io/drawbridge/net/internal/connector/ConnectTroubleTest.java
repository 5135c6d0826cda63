// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectTroubleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "finishConnect(..) failed with error(-111): Connection refused: a.example./127.0.0.1:25269"
                        + " | Connection refused",
                "connect(..) failed with error(-101): Network is unreachable: /[2001:db8::1]:5061"
                        + " | Network is unreachable",
                "Connection refused: a.example/192.0.2.1:5061 | Connection refused",
                "connection timed out after 5000 ms: a.example/192.0.2.1:5061 | connection timed out after 5000 ms",
                "Broken pipe | Broken pipe"
            })
    void aFailedConnectionIsToldInTheSystemsWordsByEitherTransport(String netty, String told) {
        assertThat(ConnectTrouble.of(new IOException(netty))).isEqualTo(told);
    }
}
