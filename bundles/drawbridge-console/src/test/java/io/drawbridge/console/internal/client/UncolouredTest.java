// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UncolouredTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error, bold",
                "\u001b[31mError\u001b[39m, \u001b[1;4mbold\u001b[0m",
                "Error\u001b[K, bold",
                "\u001bcError, bold"
            })
    void onlyWhatColoursIsLeftOut(String shown) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (Uncoloured stream = new Uncoloured(kept)) {
            stream.write((shown + " → …").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("Error, bold → …");
    }
}
