// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import static io.drawbridge.home.internal.Scene.ALICE;
import static io.drawbridge.home.internal.Scene.BOB;
import static io.drawbridge.home.internal.Scene.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.home.internal.Scene;
import io.drawbridge.home.internal.TestClient;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users are asked who may see them, and what they decide stands: RFC 3857, RFC 3858 and RFC 3856 section 6.6. */
final class AskedUserTest {
    private static final String PRESENCE = "Event: presence";
    private static final String WATCHERS = "Event: presence.winfo";
    private Scene scene = new Scene();
    private TestClient alice = scene.client(ALICE);
    private int calls;

    /** Somebody outside subscribes; returns the dialog's To. */
    private String asks(String watcher, String... headers) {
        String call = "call-out-" + ++calls;
        String more = String.join("\r\n", headers);
        scene.relay.raw("SUBSCRIBE sip:" + ALICE + " SIP/2.0\r\nVia: SIP/2.0/TLS e.example;branch=z9hG4bKo" + calls
                + "\r\nMax-Forwards: 70\r\nFrom: \"Eve\" <sip:" + watcher + ">;tag=o\r\nTo: <sip:" + ALICE
                + ">\r\nCall-ID: " + call + "\r\nCSeq: 1 SUBSCRIBE\r\nContact: <sip:w@192.0.2.9>\r\n" + PRESENCE
                + "\r\n" + more + (more.isEmpty() ? "" : "\r\n") + "Content-Length: 0\r\n\r\n");
        SIPResponse response = scene.relay.response();
        assertThat(response.getStatusCode()).isEqualTo(200);
        return response.getToTag();
    }

    private String told() {
        SIPRequest notify = scene.relay.request();
        scene.relay.answer(notify, 200);
        return notify.getHeader("Subscription-State").toString() + body(notify);
    }

    /** The home dies, and another starts with what the ledger kept. */
    private void restart() {
        scene = new Scene(scene.consents);
        alice = scene.client(ALICE);
    }

    private List<String> questions() {
        return scene.registered().users().get(0).questions().stream()
                .map(question -> question.watcher() + " " + question.origin())
                .toList();
    }

    /** Alice's client asks who watches her. */
    private String watchers() {
        alice.request("SUBSCRIBE", "sip:" + ALICE, ALICE, ALICE, "", WATCHERS, contact(alice));
        assertThat(alice.response().getStatusCode()).isEqualTo(200);
        return news();
    }

    private String news() {
        SIPRequest notify = alice.request();
        assertThat(notify.getMethod()).isEqualTo("NOTIFY");
        assertThat(notify.getContentTypeHeader().toString()).contains("application/watcherinfo+xml");
        alice.answer(notify, 200);
        return body(notify);
    }

    private String newsInPace() {
        scene.time.advance(Duration.ofSeconds(5));
        return news();
    }

    /** Alice's client adds a contact outside; what it sends goes on to the edge. */
    private void adds(String contact) {
        alice.request("SUBSCRIBE", "sip:" + contact, ALICE, contact, "", PRESENCE, contact(alice));
        assertThat(scene.relay.request().getMethod()).isEqualTo("SUBSCRIBE");
    }

    private static String contact(TestClient client) {
        return "Contact: <" + client.contact("c") + ">";
    }

    private static String body(SIPRequest request) {
        byte[] content = request.getRawContent();
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }

    /** RFC 3858 section 4: "version [...] starting at 0", "state: full". */
    @Test
    void aUserIsToldWhoWatchesAndWhoAsks() {
        scene.client(BOB).request("SUBSCRIBE", "sip:" + ALICE, BOB, ALICE, "", PRESENCE, "Contact: <sip:b@10.0.0.1>");
        asks(EVE);
        assertThat(told()).contains("pending").doesNotContain("<presence");
        assertThat(watchers())
                .contains("version=\"0\" state=\"full\"", "resource=\"sip:" + ALICE, "package=\"presence\"")
                .containsPattern("status=\"active\" event=\"subscribe\"[^>]*>sip:" + BOB + "<")
                .containsPattern("status=\"pending\" event=\"subscribe\"[^>]*display-name=\"Eve\">sip:" + EVE + "<");
    }

    /** RFC 3857 section 4.7.1: pending, approved, active; section 4.7.2: partial state with what changed. */
    @Test
    void toAddWhoAsksIsToLetThemSee() {
        watchers();
        asks(EVE);
        assertThat(told()).contains("pending");
        assertThat(newsInPace())
                .contains("version=\"1\" state=\"partial\"", "status=\"pending\"")
                .contains(EVE);
        adds(EVE);
        assertThat(told()).contains("active;expires=", "<basic>open</basic>");
        assertThat(newsInPace()).contains("version=\"2\"", "status=\"active\" event=\"approved\"");
    }

    @Test
    void whoWasAddedBeforeNeedNotWait() {
        adds(EVE);
        asks(EVE);
        assertThat(told()).contains("active;expires=", "<basic>open</basic>");
    }

    @Test
    void whatWasAgreedToIsKnownToAHomeThatStartsAnew() {
        adds(EVE);
        scene.ledger(false);
        asks(EVE);
        assertThat(told()).contains("pending");
        scene.ledger(true);
        assertThat(told()).contains("active;expires=", "<basic>open</basic>");
    }

    @Test
    void whoIsLetInStaysWhileNobodyCanTellWhatWasAgreedTo() {
        adds(EVE);
        asks(EVE);
        told();
        scene.ledger(false);
        scene.time.advance(Duration.ofSeconds(10));
        alice.close();
        assertThat(told()).contains("active;expires=", "<basic>closed</basic>");
    }

    @Test
    void whatCannotBeKeptIsNotAgreedToAndCounted() {
        scene.consents.fillDisk();
        asks(EVE);
        told();
        adds(EVE);
        assertThat(scene.relay.pending()).isEmpty();
        assertThat(scene.limitHits(Limit.CONSENTS)).isEqualTo(1);
    }

    @Test
    void addingIsNoConsentWhereItIsConfiguredNotToBe() {
        scene.with("addingIsConsent", false);
        adds(EVE);
        asks(EVE);
        assertThat(told()).contains("pending");
    }

    @Test
    void aContactThatIsOnlyAskedForOnceOrGivenUpIsNotAdded() {
        alice.request("SUBSCRIBE", "sip:" + EVE, ALICE, EVE, "", PRESENCE, contact(alice), "Expires: 0");
        scene.relay.request();
        alice.request("SUBSCRIBE", "sip:" + EVE, ALICE, EVE, "", "Event: dialog", contact(alice));
        scene.relay.request();
        asks(EVE);
        assertThat(told()).contains("pending");
    }

    @Test
    void nobodyOutsideAddsInAUsersName() {
        scene.relay.request("SUBSCRIBE", "sip:" + BOB, ALICE, BOB, "", PRESENCE, "Contact: <sip:x@192.0.2.9>");
        scene.relay.response();
        scene.relay.request();
        scene.with("insideSeesPresence", false);
        TestClient bob = scene.client(BOB);
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, ALICE, "", PRESENCE, contact(bob));
        bob.response();
        assertThat(bob.request().getHeader("Subscription-State").toString()).contains("pending");
    }

    /** RFC 3857 section 4.7.1: rejected; RFC 6665 section 4.1.3: "rejected". */
    @Test
    void whoIsBlockedIsToldAndAskedNobodyAgain() {
        watchers();
        asks(EVE);
        told();
        newsInPace();
        scene.user(ALICE, "secret-a", "block", "fabrikam.example", "allow", EVE);
        assertThat(told()).contains("terminated;reason=rejected").doesNotContain("<presence");
        assertThat(newsInPace()).contains("status=\"terminated\" event=\"rejected\"");
        scene.relay.request("SUBSCRIBE", "sip:" + ALICE, EVE, ALICE, "", PRESENCE, "Contact: <sip:x@192.0.2.9>");
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(403);
        assertThat(alice.pending()).isEmpty();
    }

    @Test
    void whoIsTakenOffTheListIsPutOut() {
        scene.user(ALICE, "secret-a", "allow", EVE);
        asks(EVE);
        assertThat(told()).contains("active");
        scene.user(ALICE, "secret-a");
        assertThat(told()).contains("terminated;reason=rejected", "<basic>closed</basic>");
        asks(EVE);
        assertThat(told()).contains("pending");
    }

    /** RFC 3857 section 4.7.1: "If a subscription times out [while pending], it moves into the waiting state." */
    @Test
    void aQuestionOutlivesWhoAsked() {
        asks(EVE, "Expires: 60");
        told();
        scene.time.advance(Duration.ofMinutes(1));
        assertThat(told()).contains("terminated;reason=timeout");
        assertThat(watchers()).contains("status=\"waiting\" event=\"timeout\"").contains(EVE);
        adds(EVE);
        assertThat(newsInPace()).contains("status=\"terminated\" event=\"approved\"");
    }

    /** RFC 3857 section 4.7.1: a waiting record ends with giveup when the same watcher subscribes again. */
    @Test
    void whoAsksAgainIsListedOnce() {
        asks(EVE, "Expires: 0");
        assertThat(told()).contains("terminated;reason=timeout");
        asks(EVE);
        told();
        String document = watchers();
        assertThat(document).contains("status=\"pending\"").doesNotContain("waiting");
        assertThat(document.split("<watcher ", -1)).hasSize(2);
    }

    @Test
    void questionsThatWaitAreBoundedAndTheOldestIsGivenUp() {
        for (int i = 0; i < 101; i++) {
            asks("w" + i + "@fabrikam.example", "Expires: 0");
            told();
        }
        assertThat(watchers().split("status=\"waiting\"", -1)).hasSize(101);
        scene.time.advance(Duration.ofDays(7));
        // Nobody refreshed the subscription meanwhile.
        while (!alice.pending().isEmpty()) {
            alice.request();
        }
        alice.request("SUBSCRIBE", "sip:" + ALICE, ALICE, ALICE, "", WATCHERS, contact(alice));
        alice.response();
        assertThat(news()).doesNotContain("<watcher ");
    }

    @Test
    void questionsOutliveTheHome() {
        asks(EVE);
        told();
        asks("dave@fabrikam.example", "Expires: 0");
        told();
        restart();
        assertThat(questions()).containsExactly(EVE + " UNVERIFIED", "dave@fabrikam.example UNVERIFIED");
        assertThat(watchers())
                .containsPattern("status=\"waiting\" event=\"timeout\"[^>]*display-name=\"Eve\">sip:" + EVE + "<")
                .contains("dave@fabrikam.example");
        adds(EVE);
        assertThat(newsInPace()).contains("status=\"terminated\" event=\"approved\"");
        restart();
        assertThat(questions()).containsExactly("dave@fabrikam.example UNVERIFIED");
    }

    @Test
    void whoAsksAgainAfterARestartIsListedOnce() {
        asks(EVE);
        told();
        restart();
        asks(EVE);
        told();
        assertThat(questions()).hasSize(1);
        String document = watchers();
        assertThat(document).contains("status=\"pending\"").doesNotContain("waiting");
    }

    @Test
    void aQuestionThatIsAnsweredWhileTheHomeIsDownWaitsNoLonger() {
        asks(EVE);
        told();
        scene = new Scene(scene.consents);
        scene.user(ALICE, "secret-a", "block", EVE);
        assertThat(questions()).isEmpty();
        assertThat(scene.consents.questions()).isEmpty();
    }

    @Test
    void aQuestionWaitsAWeekHoweverOftenTheHomeStarts() {
        asks(EVE, "Expires: 0");
        told();
        scene.time.advance(Duration.ofDays(6));
        Duration passed = Duration.between(new Scene().time.instant(), scene.time.instant());
        restart();
        scene.time.advance(passed);
        assertThat(questions()).hasSize(1);
        scene.time.advance(Duration.ofDays(1));
        assertThat(questions()).isEmpty();
        assertThat(scene.consents.questions()).isEmpty();
    }

    @Test
    void aQuestionOfWhoWasThereUntilTheHomeDiedWaitsAWeekFromThen() {
        String tag = asks(EVE, "Expires: 28800");
        told();
        for (int day = 1; day <= 8; day++) {
            for (int hours = 0; hours < 24; hours += 6) {
                scene.time.advance(Duration.ofHours(6));
                refreshes(tag, 1 + day * 24 + hours);
            }
        }
        Duration passed = Duration.between(new Scene().time.instant(), scene.time.instant());
        restart();
        scene.time.advance(passed.plusDays(5));
        assertThat(questions()).hasSize(1);
        scene.time.advance(Duration.ofDays(2));
        assertThat(questions()).isEmpty();
    }

    private void refreshes(String tag, int sequence) {
        scene.relay.raw("SUBSCRIBE sip:" + ALICE + " SIP/2.0\r\nVia: SIP/2.0/TLS e.example;branch=z9hG4bKr" + sequence
                + "\r\nMax-Forwards: 70\r\nFrom: \"Eve\" <sip:" + EVE + ">;tag=o\r\nTo: <sip:" + ALICE + ">;tag=" + tag
                + "\r\nCall-ID: call-out-" + calls + "\r\nCSeq: " + sequence
                + " SUBSCRIBE\r\nContact: <sip:w@192.0.2.9>\r\n" + PRESENCE
                + "\r\nExpires: 28800\r\nContent-Length: 0\r\n\r\n");
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(200);
        assertThat(told()).contains("pending");
    }

    @Test
    void whatWasAskedBeforeTheLedgerOpenedIsKeptOnceItIs() {
        scene.ledger(false);
        asks(EVE);
        told();
        assertThat(scene.consents.questions()).isEmpty();
        scene.ledger(true);
        assertThat(scene.consents.questions()).hasSize(1);
    }

    @Test
    void whoAsksWithSeveralClientsAsksOneQuestion() {
        asks(EVE);
        told();
        asks(EVE, "Expires: 60");
        told();
        assertThat(questions()).hasSize(1);
        scene.user(ALICE, "secret-a", "block", EVE);
        assertThat(questions()).isEmpty();
        assertThat(scene.consents.questions()).isEmpty();
    }

    @Test
    void aUserWhoIsRemovedIsAskedNothingMore() {
        asks(EVE, "Expires: 0");
        told();
        scene.users.remove("io.drawbridge.home.user~" + ALICE);
        assertThat(scene.consents.questions()).isEmpty();
    }

    /** RFC 3857 section 4.6: a user "should be able to subscribe to his own watcher information", nobody else is. */
    @Test
    void nobodyElseIsToldWhoWatchesAUser() {
        TestClient bob = scene.client(BOB);
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, ALICE, "", WATCHERS, contact(bob));
        assertThat(bob.response().getStatusCode()).isEqualTo(403);
        scene.relay.request("SUBSCRIBE", "sip:" + ALICE, ALICE, ALICE, "", WATCHERS, "Contact: <sip:x@192.0.2.9>");
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(403);
    }

    /** RFC 6665 section 4.2.1.1: 489 lists what is served in Allow-Events. */
    @Test
    void bothPackagesAreOffered() {
        alice.request("SUBSCRIBE", "sip:" + BOB, ALICE, BOB, "", "Event: dialog", contact(alice));
        SIPResponse refused = alice.response();
        assertThat(refused.getStatusCode()).isEqualTo(489);
        assertThat(refused.toString()).contains("Allow-Events: presence", "presence.winfo");
        alice.request("SUBSCRIBE", "sip:" + ALICE, ALICE, ALICE, "", WATCHERS, contact(alice), "Accept: text/plain");
        assertThat(alice.response().getStatusCode()).isEqualTo(406);
    }

    @Test
    void aUserWhoIsRemovedLeavesNoConsentToWhoHasTheAddressNext() {
        adds(EVE);
        scene.users.remove("io.drawbridge.home.user~" + ALICE);
        scene.user(ALICE, "secret-a");
        asks(EVE);
        assertThat(told()).contains("pending");
    }
}
