// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Specified;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XEP-0185 section 4 and interworking 4.5: the vectors. */
final class DialbackKeysTest {
    @ParameterizedTest
    @CsvSource({
        "s3cr3tf0rd14lb4ck, xmpp.example.com, example.org, D60000229F,"
                + "a7136eb1f46c9ef18c5e78c36ca257067c69b3d518285f0b18a96c33beae9acc,"
                + "37c69b1cf07a3f67c04a5ef5902fa5114f2c76fe4a2686482ba5b89323075643",
        "edge-secret, corp.example, partner.example, 7f3a,"
                + "0b863617d30f02eb2cc8e2f26787bdf34a19a06b7ab72c7da72185ed734fce13,"
                + "3c4301646a542545d58fa30816e761a0453f67273f04adf48f96594e10fdb31e"
    })
    @Specified(
            document = "XEP-0185",
            section = "4",
            requirement = "HMAC-SHA256 over both domains and the stream, keyed by the hashed secret")
    void keysAreMadeOfTheSecretAndTheStream(
            String secret, String receiving, String originating, String stream, String hash, String key) {
        assertThat(DialbackKeys.hash(secret)).isEqualTo(hash);
        DialbackKeys keys = new DialbackKeys(secret);
        assertThat(keys.key(receiving, originating, stream)).isEqualTo(key);
        assertThat(keys.isKey(key, receiving, originating, stream)).isTrue();
        assertThat(keys.isKey(key, receiving, originating, stream + "x")).isFalse();
        assertThat(keys.isKey(key, originating, receiving, stream)).isFalse();
    }
}
