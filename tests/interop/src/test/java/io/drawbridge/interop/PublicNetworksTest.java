// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.ClearingHouse;
import io.drawbridge.testbed.ClearingHouse.Network;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Sipp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AOL, Windows Live and Yahoo! as users of an organisation met them (lync-edge 7.4). The services are gone: a Kamailio plays
 * each gateway by its rules, and the presets lead to it by DNS.
 *
 * <p>{@code bob} may use public networks and call there, {@code carol} may write only, {@code dave} neither.
 */
final class PublicNetworksTest {
    private static final Duration PLAY = Duration.ofSeconds(60);
    private static final String BOB = "bob@contoso.example";
    private static final String CAROL = "carol@contoso.example";
    private static final String DAVE = "dave@contoso.example";
    private static final String PROVIDER = "io.drawbridge.provider";

    @TempDir
    private static Path directory;

    @AutoClose
    private static Contoso contoso;

    @AutoClose
    private static ClearingHouse aol;

    @AutoClose
    private static ClearingHouse windowsLive;

    @AutoClose
    private static ClearingHouse yahoo;

    @BeforeAll
    static void start() {
        contoso = new Contoso(directory, Map.of(), Map.of());
        grant("callers", BOB, true);
        grant("writers", CAROL, false);
        aol = house(Network.AOL, "bigbob");
        windowsLive = house(Network.WINDOWS_LIVE, "ann");
        yahoo = house(Network.YAHOO, "ann");
        assertThat(contoso.edge()
                        .shell("feature:install drawbridge-provider-aol drawbridge-provider-windowslive"
                                + " drawbridge-provider-yahoo"))
                .doesNotContain("Error");
        enable("aol", aol, List.of());
        enable("windowslive", windowsLive, List.of("msn.com", "hotmail.com", "alumni.example"));
        enable("yahoo", yahoo, List.of());
        for (String somebody : List.of("auto@aol.com", "auto@msn.com", "auto@yahoo.com")) {
            awaitMessageEnds("200", somebody);
        }
    }

    private static void grant(String policy, String user, boolean calls) {
        contoso.edge()
                .configure(
                        "io.drawbridge.policy.access",
                        policy,
                        Map.of(
                                "scope",
                                "tag:" + policy,
                                "members",
                                user,
                                "enableFederationAccess",
                                true,
                                "enablePublicCloudAccess",
                                true,
                                "enablePublicCloudAudioVideoAccess",
                                calls));
    }

    private static ClearingHouse house(Network network, String user) {
        contoso.publish(DnsServer.host(network.host()));
        return new ClearingHouse(
                network,
                user,
                Contoso.DOMAIN,
                contoso.outsidePort(),
                directory,
                contoso.world().authority().issue(Leaf.of(network.host())),
                contoso.world().authority().anchorFile());
    }

    /** Only the port is not the preset one: others may listen on that. */
    private static void enable(String id, ClearingHouse gateway, List<String> domains) {
        Map<String, Object> settings = new HashMap<>(settings(gateway));
        settings.put("evenThoughEnded", true);
        if (!domains.isEmpty()) {
            settings.put("domains", domains);
        }
        contoso.edge().configure(PROVIDER, id, settings);
    }

    private static Map<String, Object> settings(ClearingHouse gateway) {
        return Map.of("enabled", true, "proxyPort", gateway.tlsPort());
    }

    @Test
    void aSessionWithAScreenNameIsHeldInTheFormEachSideKnows() {
        try (Sipp bigBob = aol.answering("session-answerer", "bigbob@aol.com", Map.of());
                Sipp bob = contoso.calling("session-caller", contoso.home(), "Big%20Bob@aol.com", Map.of())) {
            bob.awaitSuccess(PLAY);
            bigBob.awaitSuccess(PLAY);
            assertThat(bigBob.messages()).contains("To: <sip:bigbob@aol.com>").doesNotContain("Big%20Bob");
            assertThat(bob.messages()).doesNotContain("To: <sip:bigbob@aol.com>");
        }
    }

    @Test
    void aSessionBegunOnTheNetworkIsMarkedAsOfAPublicCloud() {
        try (Sipp bob = contoso.answering("session-answerer", contoso.home());
                Sipp bigBob = aol.calling("session-caller", "bigbob@aol.com", BOB, Map.of())) {
            bigBob.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages())
                    .contains("ms-source-type=AuthorizedServer")
                    .contains("ms-source-network=publiccloud")
                    .contains("ms-source-verified-user=verified");
        }
    }

    @Test
    void aYahooIdIsWrittenInAnyCase() {
        try (Sipp ann = yahoo.answering("message-answerer", "ann@yahoo.com", Map.of())) {
            messageEnds("200", BOB, "Ann@Yahoo.com");
            ann.awaitSuccess(PLAY);
            assertThat(ann.messages()).contains("MESSAGE sip:ann@yahoo.com ");
        }
    }

    /** KB 897567: Yahoo! is not told who is writing; its gateway would refuse it. */
    @ParameterizedTest
    @CsvSource({"auto@aol.com", "auto@msn.com", "auto@yahoo.com"})
    void whoIsWritingIsNoErrorOnAnyNetwork(String contact) {
        ends("typing-sender", contact, Map.of("from", BOB, "expect", "200"));
    }

    /** AOL's documents name their entity without a scheme; they cross as they are. */
    @Test
    void presenceOfAContactIsWatched() {
        Map<String, String> document = Map.of("entity", "bigbob@aol.com", "basic", "open");
        try (Sipp bigBob = aol.answering("presence-notifier", "bigbob@aol.com", document);
                Sipp bob = contoso.calling("presence-watcher", contoso.home(), "bigbob@aol.com", Map.of())) {
            bob.awaitSuccess(PLAY);
            bigBob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("entity=\"bigbob@aol.com\"").contains("<basic>open</basic>");
        }
    }

    @Test
    void ownPresenceIsWatchedFromTheNetwork() {
        try (Sipp bob = contoso.answering("presence-notifier", contoso.home());
                Sipp ann = windowsLive.calling("presence-watcher", "ann@msn.com", BOB, Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
        }
    }

    /** KB 897567: adding a contact does not verify the name; a wrong name simply stays offline. */
    @Test
    void aContactNobodyKnowsStaysOffline() {
        Map<String, String> document = Map.of("entity", "ghost@aol.com", "basic", "closed");
        try (Sipp nobody = aol.answeringForUnknown("presence-notifier", "ghost@aol.com", document);
                Sipp bob = contoso.calling("presence-watcher", contoso.home(), "ghost@aol.com", Map.of())) {
            bob.awaitSuccess(PLAY);
            nobody.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("<basic>closed</basic>").doesNotContain("SIP/2.0 404");
        }
    }

    /** KB 897567: only two-party IM; inviting a third person is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"ann@aol.com", "ann@msn.com", "ann@yahoo.com"})
    void aThirdPersonIsNotInvited(String contact) {
        String persons = "EndPoints: <sip:" + BOB + ">, <sip:" + contact + ">, <sip:" + CAROL + ">";
        assertThat(invitationEnds("488", BOB, contact, "message", persons))
                .contains("conversations with the provider's network are between two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio", "video"})
    void callsCrossToWindowsLive(String media) {
        try (Sipp ann = windowsLive.answering("call-answerer", "ann@msn.com", Map.of("media", media));
                Sipp bob = contoso.calling("call-caller", contoso.home(), "ann@msn.com", Map.of("media", media))) {
            bob.awaitSuccess(PLAY);
            ann.awaitSuccess(PLAY);
        }
    }

    @Test
    void callsCrossFromWindowsLive() {
        try (Sipp bob = contoso.answering("call-answerer", contoso.home());
                Sipp ann = windowsLive.calling("call-caller", "ann@msn.com", BOB, Map.of("media", "audio"))) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
        }
    }

    @Test
    void callsNeedARightOfTheirOwn() {
        messageEnds("200", CAROL, "auto@msn.com");
        assertThat(invitationEnds("403", CAROL, "ann@msn.com", "audio", "Subject: call"))
                .contains("the user is not enabled for calls with public providers");
    }

    @ParameterizedTest
    @CsvSource({"auto@aol.com, audio", "auto@yahoo.com, video"})
    void noOtherNetworkCarriesCalls(String contact, String media) {
        assertThat(invitationEnds("488", BOB, contact, media, "Subject: call"))
                .contains("the provider's network does not carry what was offered");
    }

    @Test
    void theUsersPolicyIsALock() {
        assertThat(messageEnds("403", DAVE, "auto@msn.com")).contains("the user is not enabled for public providers");
        try (Sipp ann = windowsLive.calling("message-caller", "ann@msn.com", DAVE, Map.of("expect", "403"))) {
            ann.awaitSuccess(PLAY);
        }
    }

    @Test
    void theOrganisationsSwitchIsALock() {
        contoso.federate(false);
        try {
            assertThat(awaitMessageEnds("403", "auto@msn.com")).contains("ms-diagnostics: 1002;");
        } finally {
            contoso.federate(true);
            awaitMessageEnds("200", "auto@msn.com");
        }
    }

    @Test
    void aNetworkThatEndedIsNotEnabledWithoutTheAdministratorsWord() {
        contoso.edge().configure(PROVIDER, "yahoo", settings(yahoo));
        try {
            assertThat(awaitMessageEnds("403", "auto@yahoo.com")).contains("the provider's network has ended");
            assertThat(contoso.edge().shell("drawbridge:providers enable yahoo"))
                    .contains("its network has ended")
                    .contains("evenThoughEnded=true");
            assertThat(contoso.edge().shell("drawbridge:providers explain yahoo"))
                    .contains("2014-06-30");
        } finally {
            enable("yahoo", yahoo, List.of());
            awaitMessageEnds("200", "auto@yahoo.com");
        }
    }

    @Test
    void aContactAtAForeignDomainIsDecoratedOutwardsAndPlainInwards() {
        try (Sipp ann = windowsLive.answering("message-answerer", "ann(alumni.example)@msn.com", Map.of())) {
            messageEnds("200", BOB, "ann@alumni.example");
            ann.awaitSuccess(PLAY);
            assertThat(ann.messages())
                    .contains("MESSAGE sip:ann(alumni.example)@msn.com ")
                    .contains("To: <sip:ann(alumni.example)@msn.com>");
        }
        assertThat(received("ann(alumni.example)@msn.com")).contains("<sip:ann@alumni.example>");
    }

    /** Whoever calls himself so on the network is not the person of the own domain, and never shown as one. */
    @Test
    void aDecoratedSenderIsNeverAnOwnUser() {
        assertThat(received("carol(contoso.example)@msn.com"))
                .contains("<sip:carol(contoso.example)@msn.com>")
                .doesNotContain("sip:" + CAROL);
    }

    @ParameterizedTest
    @ValueSource(strings = {CAROL, "eve@fabrikam.example", "eve@aol.com"})
    void aNetworkSpeaksForItsOwnPeopleOnly(String borrowed) {
        try (Sipp ann = windowsLive.calling("message-caller", borrowed, BOB, Map.of("expect", "403"))) {
            ann.awaitSuccess(PLAY);
        }
    }

    @Test
    void anAddressThatHasNoFormOnTheNetworkIsRefusedAtTheEdge() {
        assertThat(messageEnds("404", BOB, "b(o)b@alumni.example"))
                .contains("the address has no form on the provider's network");
    }

    /** lync-edge 7.1: AOL wants the client purpose in the edge's certificate. */
    @Test
    void aolTakesNoCertificateWithoutTheClientPurposeAndTheLogSaysThatItWantsIt() {
        Leaf edge = Leaf.of(Contoso.EDGE);
        contoso.identify("outside", contoso.world().authority().issue(edge.purposes(Leaf.Purpose.SERVER)));
        try {
            Eventually.await("AOL to refuse the certificate", PLAY, () -> {
                aol.restart();
                return ended("504", "auto@aol.com") && aol.log().contains("certificate verify failed");
            });
            assertThat(contoso.edge().log())
                    .contains("asks for a certificate of this edge with the purpose clientAuth")
                    .contains("TLS_RSA_WITH_RC4_128_MD5, which is broken and never offered");
            Eventually.await(
                    "health to warn of it",
                    PLAY,
                    () -> contoso.edge()
                            .shell("drawbridge:status")
                            .replaceAll("\\s+", " ")
                            .contains(
                                    "the gateway of aol will refuse this edge, whose certificate has not the purpose clientAuth"));
        } finally {
            contoso.identify("outside", contoso.world().authority().issue(edge));
            awaitMessageEnds("200", "auto@aol.com");
        }
    }

    /** Returns what bob's client got from somebody of Windows Live. */
    private static String received(String sender) {
        try (Sipp bob = contoso.answering("message-answerer", contoso.home());
                Sipp ann = windowsLive.calling("message-caller", sender, BOB, Map.of())) {
            ann.awaitSuccess(PLAY);
            bob.awaitSuccess(PLAY);
            return bob.messages();
        }
    }

    private static String invitationEnds(String status, String from, String to, String media, String header) {
        return ends("invitation-refused", to, Map.of("from", from, "expect", status, "media", media, "header", header));
    }

    private static String ends(String scenario, String to, Map<String, String> values) {
        try (Sipp user = contoso.calling(scenario, contoso.home(), to, values)) {
            user.awaitSuccess(PLAY);
            return user.messages();
        }
    }

    private static String messageEnds(String status, String from, String to) {
        return contoso.messageEnds(status, contoso.home(), to, Map.of("from", from));
    }

    private static String awaitMessageEnds(String status, String to) {
        Eventually.await(to + " to be answered " + status, PLAY, () -> ended(status, to));
        return messageEnds(status, BOB, to);
    }

    private static boolean ended(String status, String to) {
        return contoso.messageEnded(status, contoso.home(), to, Map.of("from", BOB));
    }
}
