// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ComplianceTest {
    @Test
    void theComplianceDocumentSaysWhatTheTestsShow() throws IOException, URISyntaxException {
        Path file = Path.of(System.getProperty("compliance.file", "../../docs/compliance.md"));
        String expected = Compliance.text(testClasses());
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

    private static Path testClasses() throws URISyntaxException {
        return Path.of(ComplianceTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
