// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.home.internal.users.DigestAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7616 section 3.9.1, whose algorithms RFC 8760 brings to SIP. */
final class CredentialsTest {
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA_256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void theProofIsThatOfRfc7616(DigestAlgorithm algorithm, String response) {
        Credentials credentials = new Credentials(
                "Mufasa",
                "http-auth@example.org",
                algorithm,
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "00000001",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                "/dir/index.html",
                response);
        String ha1 = algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life".toCharArray());
        assertThat(credentials.expected(ha1, "GET")).isEqualTo(response);
        assertThat(credentials.prove(ha1, "GET")).isTrue();
        assertThat(credentials.prove(ha1, "POST")).isFalse();
        assertThat(algorithm.isHash(ha1)).isTrue();
    }
}
