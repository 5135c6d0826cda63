// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.relay.RelayHarness;
import io.drawbridge.xmpp.internal.codec.WrittenStanza;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplianceTest {
    @Test
    void theComplianceDocumentSaysWhatTheTestsShow() throws IOException, URISyntaxException {
        Path file = Path.of(System.getProperty("compliance.file", "../../docs/compliance.md"));
        String expected = Compliance.text(
                List.of(placeOf(ComplianceTest.class), placeOf(WrittenStanza.class), placeOf(RelayHarness.class)));
        if (System.getProperty("compliance.refresh") != null) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("docs/compliance.md is made anew with: "
                        + "mvn -pl tests/conformance test -Dtest=ComplianceTest -Dcompliance.refresh")
                .exists()
                .content()
                .isEqualTo(expected);
    }

    /** Every bundle's tests are found by one of their public classes. */
    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
