// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import io.drawbridge.testbed.ClearingHouse.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network's gateway refuses what the network did not take, so that what passes it was right. */
final class ClearingHouseTest {
    private static final Duration PLAY = Duration.ofSeconds(60);
    private static final String HOST = "sip.contoso.example";

    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static ClearingHouse aol;
    private static ClearingHouse yahoo;
    private static KamailioDomain aolSide;
    private static KamailioDomain yahooSide;

    @BeforeAll
    static void start() {
        authority = new TestAuthority("Test CA", directory.resolve("ca"));
        aol = house(Network.AOL);
        yahoo = house(Network.YAHOO);
        aolSide = domain("to-aol", authority.issue(Leaf.of(HOST)), aol);
        yahooSide = domain("to-yahoo", authority.issue(Leaf.of(HOST)), yahoo);
    }

    private static ClearingHouse house(Network network) {
        return new ClearingHouse(
                network,
                "bigbob",
                "contoso.example",
                FreePorts.next(),
                directory,
                authority.issue(Leaf.of(network.host())),
                authority.anchorFile());
    }

    private static KamailioDomain domain(String label, Credential credential, ClearingHouse gateway) {
        return new KamailioDomain(
                KamailioDomain.Settings.of("contoso.example", label + "." + HOST, gateway.tlsPort())
                        .with("bob"),
                directory,
                credential,
                authority.anchorFile());
    }

    @AfterAll
    static void stop() {
        aolSide.close();
        yahooSide.close();
        aol.close();
        yahoo.close();
    }

    @Test
    void namesAreTakenAsTheNetworkWritesThemOnly() {
        assertEnds("200", aolSide, "message-caller", "auto@aol.com", Map.of());
        assertEnds("484", aolSide, "message-caller", "Auto@aol.com", Map.of());
        assertEnds("484", aolSide, "message-caller", "au%20to@aol.com", Map.of());
    }

    @Test
    void anAddressOfAnyahooSideDomainIsNoneOfTheNetworks() {
        assertEnds("416", aolSide, "message-caller", "auto@fabrikam.example", Map.of());
    }

    @Test
    void aSenderIsOfTheProvisionedDomain() {
        assertEnds("403", aolSide, "message-caller", "auto@aol.com", Map.of("from", "eve@fabrikam.example"));
    }

    @Test
    void aNetworkOfTextTakesNoCalls() {
        assertEnds("200", yahooSide, "message-caller", "auto@yahoo.com", Map.of());
        assertEnds("488", yahooSide, "invitation-refused", "auto@yahoo.com", Map.of("media", "audio"));
    }

    @Test
    void whoIsWritingIsToldToAolAndNotToYahoo() {
        assertEnds("200", aolSide, "typing-sender", "auto@aol.com", Map.of());
        assertEnds("415", yahooSide, "typing-sender", "auto@yahoo.com", Map.of());
    }

    private static void assertEnds(
            String status, KamailioDomain sender, String scenario, String to, Map<String, String> values) {
        Map<String, String> all =
                new HashMap<>(Map.of("from", "bob@contoso.example", "to", to, "header", "Subject: test"));
        all.put("expect", status);
        all.putAll(values);
        Sipp.Part part =
                Sipp.Part.of(scenario, sender.portOf("bob"), sender.settings().userPort(), all);
        try (Sipp bob = Sipp.calling(part, directory)) {
            bob.awaitSuccess(PLAY);
        }
    }
}
