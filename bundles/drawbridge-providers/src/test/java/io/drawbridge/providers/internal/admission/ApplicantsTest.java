// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

final class ApplicantsTest {
    /** OSGi Core 8, section 10.1.6: most of a bundle cannot be asked for any more once it is uninstalled. */
    @Test
    void aBundleThatIsUninstalledWhileItIsReadIsNoTroubleAndNotRemembered() {
        Dictionary<String, String> headers =
                FrameworkUtil.asDictionary(Map.of("Import-Package", "io.drawbridge.api.provider"));
        Bundle leaving = StartOrderTest.answering(Bundle.class, call -> switch (call) {
            case "getHeaders" -> headers;
            case "getLocation" -> "file:gull.jar";
            case "getSymbolicName" -> "gull";
            case "getVersion" -> Version.emptyVersion;
            case "getBundleId", "getLastModified" -> 7L;
            case "getState" -> Bundle.UNINSTALLED;
            default -> throw new IllegalStateException("uninstalled");
        });
        Applicants applicants = new Applicants(new ShippedBundles(Path.of("nowhere")), new OfferedPackages(Map.of()));
        assertThat(applicants.of(leaving).flatMap(read -> read.signature().flaw()))
                .contains("it was uninstalled");
        assertThat(applicants.all()).isEmpty();
    }
}
