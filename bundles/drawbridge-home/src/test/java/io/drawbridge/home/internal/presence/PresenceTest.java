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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3903, RFC 6665 and RFC 3856. */
final class PresenceTest {
    private static final String EVENT = "Event: presence";
    private static final String PIDF = "Content-Type: application/pidf+xml";
    private static final String VERIFIED =
            "ms-edge-proxy-message-trust: ms-source-type=DirectPartner;ms-ep-fqdn=e;ms-source-verified-user=verified";
    private final Scene scene = new Scene();
    private final TestClient alice = scene.client(ALICE);

    @Test
    void aWatcherIsNotifiedAtOnceAndWhenSomethingChanges() {
        TestClient bob = scene.client(BOB);
        SIPResponse accepted = subscribe(bob, BOB, ALICE);
        assertThat(accepted.getExpires().getExpires()).isEqualTo(3600);
        SIPRequest first = bob.request();
        assertThat(first.getMethod()).isEqualTo("NOTIFY");
        assertThat(first.getHeader("Subscription-State").toString()).contains("active;expires=3600");
        assertThat(body(first)).contains("<basic>open</basic>");
        bob.answer(first, 200);
        scene.time.advance(Duration.ofSeconds(6));
        publish(alice, ALICE, document("busy"), EVENT, PIDF);
        assertThat(alice.response().getStatusCode()).isEqualTo(200);
        assertThat(body(bob.request())).contains("busy", "entity=\"sip:" + ALICE);
    }

    @Test
    void changesAreAtLeastFiveSecondsApartAndTheLastOneCounts() {
        TestClient bob = watching();
        publish(alice, ALICE, document("away"), EVENT, PIDF);
        publish(alice, ALICE, document("busy"), EVENT, PIDF);
        assertThat(bob.pending()).isEmpty();
        scene.time.advance(Duration.ofSeconds(5));
        SIPRequest paced = bob.request();
        assertThat(body(paced)).contains("busy");
        assertThat(bob.pending()).isEmpty();
    }

    @Test
    void nothingNewIsSentWhileANotifyIsUnansweredOrNothingChanged() {
        TestClient bob = watching();
        scene.time.advance(Duration.ofSeconds(10));
        publish(alice, ALICE, document("busy"), EVENT, PIDF);
        SIPRequest underWay = bob.request();
        scene.time.advance(Duration.ofSeconds(10));
        publish(alice, ALICE, document("away"), EVENT, PIDF);
        assertThat(bob.pending()).isEmpty();
        bob.answer(underWay, 200);
        SIPRequest next = bob.request();
        bob.answer(next, 200);
        scene.time.advance(Duration.ofSeconds(10));
        scene.client(ALICE);
        assertThat(bob.pending()).isEmpty();
    }

    @Test
    void aRefreshIsAnsweredWithFullStateAndAnEndWithATerminatedOne() {
        TestClient bob = scene.client(BOB);
        SIPResponse accepted = subscribe(bob, BOB, ALICE);
        bob.answer(bob.request(), 200);
        String to = "<sip:" + ALICE + ">;tag=" + accepted.getToTag();
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, to, "", EVENT, contact(bob), "Expires: 600");
        assertThat(bob.response().getStatusCode()).isEqualTo(200);
        SIPRequest again = bob.request();
        assertThat(again.getHeader("Subscription-State").toString()).contains("expires=600");
        bob.answer(again, 200);
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, to, "", EVENT, contact(bob), "Expires: 0");
        bob.response();
        assertThat(bob.request().getHeader("Subscription-State").toString()).contains("terminated;reason=timeout");
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, to, "", EVENT, contact(bob));
        assertThat(bob.response().getStatusCode()).isEqualTo(481);
    }

    @Test
    void aSubscriptionThatIsNotRefreshedEndsWithALastNotify() {
        TestClient bob = scene.client(BOB);
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, ALICE, "", EVENT, contact(bob), "Expires: 600");
        assertThat(bob.response().getStatusCode()).isEqualTo(200);
        bob.answer(bob.request(), 200);
        scene.time.advance(Duration.ofMinutes(10));
        assertThat(bob.request().getHeader("Subscription-State").toString()).contains("terminated;reason=timeout");
    }

    @Test
    void aWatcherThatRefusesANotifyHasNoSubscription() {
        TestClient bob = scene.client(BOB);
        subscribe(bob, BOB, ALICE);
        bob.answer(bob.request(), 481);
        scene.time.advance(Duration.ofSeconds(10));
        publish(alice, ALICE, document("busy"), EVENT, PIDF);
        assertThat(bob.pending()).isEmpty();
    }

    @ParameterizedTest(name = "allow={0} allowAll={1} verified={2} is {3}")
    @CsvSource({
        "'', false, true, pending",
        "'', true, true, active",
        "'', true, false, pending",
        "eve@fabrikam.example, false, true, active",
        "EVE@Fabrikam.Example, false, false, active",
        "fabrikam.example, false, true, active",
        "nwtraders.example, false, true, pending",
    })
    void whoIsOnNoListWaitsForTheUser(String allow, boolean allowAll, boolean verified, String state) {
        scene.user(ALICE, "secret-a", "allow", allow, "allowAll", allowAll);
        scene.relay.request(
                "SUBSCRIBE",
                "sip:" + ALICE,
                EVE,
                ALICE,
                "",
                EVENT,
                "Record-Route: <sip:edge.fabrikam.example:5061;transport=tls;lr;ms-route-sig=a;lr>",
                "Contact: <sip:eve@192.0.2.9;transport=tls>",
                "Accept: application/msrtc-event-categories+xml, application/pidf+xml",
                "Supported: ms-benotify, ms-piggyback-first-notify",
                "Proxy-Require: ms-benotify",
                verified ? VERIFIED : VERIFIED.replace("=verified", "=unverified"));
        SIPResponse accepted = scene.relay.response();
        assertThat(accepted.getStatusCode()).isEqualTo(200);
        assertThat(accepted.toString()).doesNotContain("ms-benotify");
        SIPRequest notify = scene.relay.request();
        assertThat(notify.getMethod()).isEqualTo("NOTIFY");
        assertThat(notify.getHeader("Subscription-State").toString()).contains(state + ";expires=3600");
        assertThat(io.drawbridge.lib.jainsip.SipParser.text(notify).lines("Route"))
                .containsExactly("Route: <sip:edge.fabrikam.example:5061;transport=tls;lr;ms-route-sig=a;lr>");
        if (state.equals("active")) {
            assertThat(body(notify)).contains("<basic>open</basic>");
        } else {
            assertThat(notify.getRawContent())
                    .as("what a pending watcher is told")
                    .isNull();
            assertThat(notify.getContentTypeHeader()).isNull();
        }
    }

    @Test
    void aWatcherWhoIsAllowedLaterNeedNotAskAgain() {
        scene.relay.request(
                "SUBSCRIBE", "sip:" + ALICE, EVE, ALICE, "", EVENT, "Contact: <sip:eve@192.0.2.9>", VERIFIED);
        scene.relay.response();
        scene.relay.answer(scene.relay.request(), 200);
        scene.user(ALICE, "secret-a", "allow", "fabrikam.example");
        assertThat(body(scene.relay.request())).contains("<basic>open</basic>");
    }

    @Test
    void aRemovedUserIsNoResource() {
        TestClient bob = watching();
        scene.users.remove("io.drawbridge.home.user~" + ALICE);
        SIPRequest last = bob.request();
        assertThat(last.getHeader("Subscription-State").toString()).contains("terminated;reason=noresource");
        assertThat(body(last)).contains("closed");
    }

    @Test
    void publicationsFollowTheirEntityTags() {
        publish(alice, ALICE, document("busy"), EVENT, PIDF, "Expires: 600");
        SIPResponse first = alice.response();
        String etag = etag(first);
        publish(alice, ALICE, "", EVENT, "SIP-If-Match: " + etag, "Expires: 600");
        String refreshed = etag(alice.response());
        assertThat(refreshed).isNotEqualTo(etag);
        publish(alice, ALICE, "", EVENT, "SIP-If-Match: " + etag);
        assertThat(alice.response().getStatusCode()).isEqualTo(412);
        TestClient bob = scene.client(BOB);
        subscribe(bob, BOB, ALICE);
        SIPRequest notify = bob.request();
        assertThat(body(notify)).contains("busy");
        bob.answer(notify, 200);
        scene.time.advance(Duration.ofSeconds(10));
        publish(alice, ALICE, "", EVENT, "SIP-If-Match: " + refreshed, "Expires: 0");
        assertThat(alice.response().getStatusCode()).isEqualTo(200);
        assertThat(body(bob.request())).doesNotContain("busy");
    }

    @Test
    void aPublicationIsForgottenWhenItExpires() {
        publish(alice, ALICE, document("busy"), EVENT, PIDF, "Expires: 60");
        alice.response();
        TestClient bob = watching();
        scene.time.advance(Duration.ofSeconds(60));
        assertThat(body(bob.request())).doesNotContain("busy");
    }

    @Test
    void aMadeUpDialogLetsNobodyPublishForSomebodyElse() {
        TestClient bob = scene.client(BOB);
        bob.request("PUBLISH", "sip:" + ALICE, ALICE, "<sip:" + ALICE + ">;tag=x", document("busy"), EVENT, PIDF);
        assertThat(bob.response().getStatusCode()).isEqualTo(401);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "'Event: dialog|Content-Type: application/pidf+xml', 489",
        "'Event: presence|Content-Type: text/plain', 415",
        "'Event: presence|Content-Type: application/pidf+xml|Expires: 5', 423",
        "'Event: presence|Content-Type: application/pidf+xml|SIP-If-Match: x', 412",
        "'Event: presence|Content-Type: application/pidf+xml|Require: magic', 420",
    })
    void aPublicationThatBreaksTheRulesIsRefusedPrecisely(String headers, int status) {
        publish(alice, ALICE, document("busy"), headers.split("\\|", -1));
        assertThat(alice.response().getStatusCode()).isEqualTo(status);
    }

    @Test
    void nobodyPublishesForSomebodyElse() {
        alice.request("PUBLISH", "sip:" + BOB, ALICE, BOB, document("busy"), EVENT, PIDF);
        assertThat(alice.response().getStatusCode()).isEqualTo(403);
        scene.relay.request("PUBLISH", "sip:" + BOB, EVE, BOB, document("busy"), EVENT, PIDF);
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(403);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "'Event: dialog|Contact: <sip:b@10.0.0.1>', 489",
        "'Event: presence|Contact: <sip:b@10.0.0.1>|Accept: application/xpidf+xml', 406",
        "'Event: presence', 400",
    })
    void aSubscriptionThatBreaksTheRulesIsRefusedPrecisely(String headers, int status) {
        alice.request("SUBSCRIBE", "sip:" + BOB, ALICE, BOB, "", headers.split("\\|", -1));
        assertThat(alice.response().getStatusCode()).isEqualTo(status);
    }

    @Test
    void subscriptionsAreBounded() {
        scene.with("maxSubscriptionsPerWatcher", 1);
        TestClient bob = watching();
        bob.request("SUBSCRIBE", "sip:" + ALICE, BOB, ALICE, "", EVENT, contact(bob));
        assertThat(bob.response().getStatusCode()).isEqualTo(403);
        assertThat(scene.limitHits(Limit.SUBSCRIPTIONS_PER_WATCHER)).isEqualTo(1);
        assertThat(scene.limitHits(Limit.SUBSCRIPTIONS)).isZero();
    }

    private TestClient watching() {
        TestClient bob = scene.client(BOB);
        subscribe(bob, BOB, ALICE);
        bob.answer(bob.request(), 200);
        return bob;
    }

    private static SIPResponse subscribe(TestClient watcher, String from, String to) {
        watcher.request("SUBSCRIBE", "sip:" + to, from, to, "", EVENT, contact(watcher));
        SIPResponse response = watcher.response();
        assertThat(response.getStatusCode()).isEqualTo(200);
        return response;
    }

    private static void publish(TestClient client, String user, String body, String... headers) {
        client.request("PUBLISH", "sip:" + user, user, user, body, headers);
    }

    private static String contact(TestClient client) {
        return "Contact: <" + client.contact("watcher") + ">";
    }

    private static String etag(SIPResponse response) {
        assertThat(response.getStatusCode()).isEqualTo(200);
        return response.getHeader("SIP-ETag")
                .toString()
                .substring("SIP-ETag:".length())
                .strip();
    }

    private static String body(SIPRequest request) {
        return new String(request.getRawContent(), StandardCharsets.UTF_8);
    }

    private static String document(String activity) {
        return """
                <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" \
                xmlns:rp="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:alice@contoso.example">\
                <tuple id="t1"><status><basic>open</basic></status></tuple>\
                <dm:person id="p1"><rp:activities><rp:%s/></rp:activities></dm:person></presence>"""
                .formatted(activity);
    }
}
