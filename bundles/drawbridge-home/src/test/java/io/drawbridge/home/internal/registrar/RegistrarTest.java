// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import static io.drawbridge.home.internal.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Address;
import io.drawbridge.home.internal.Scene;
import io.drawbridge.home.internal.TestClient;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 10.3 and the authentication before it. */
final class RegistrarTest {
    private final Scene scene = new Scene();
    private final TestClient client = scene.client();

    @Test
    void aRegistrationIsAnsweredWithAllContactsAndTheirTime() {
        client.register(ALICE, "secret-a");
        TestClient second = scene.client();
        second.registerAs(DigestAlgorithm.MD5, ALICE, "secret-a", "Expires: 600");
        SIPResponse response = second.response();
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.toString())
                .contains("<" + client.contact("alice") + ">;expires=3600")
                .contains("<" + second.contact("alice") + ">;expires=600");
    }

    @Test
    void fromOutsideOnlyWhoIsEnabledForItRegisters_lyncEdge_9() {
        TestClient outside = scene.outsideClient();
        outside.registerAs(DigestAlgorithm.SHA_256, ALICE, "secret-a");
        SIPResponse refused = outside.response();
        assertThat(refused.getStatusCode()).isEqualTo(403);
        assertThat(refused.getReasonPhrase()).isEqualTo("Not Enabled For Access From Outside");

        scene.remote.add(Address.of(ALICE));
        scene.outsideClient().register(ALICE, "secret-a");
    }

    @Test
    void whoCannotProveHimselfLearnsNothingOfWhoIsEnabled() {
        TestClient outside = scene.outsideClient();
        outside.registerAs(DigestAlgorithm.SHA_256, ALICE, "wrong");
        assertThat(outside.response().getStatusCode()).isEqualTo(401);
    }

    @Test
    void whoseAccessFromOutsideIsTakenBackIsCutOffAtOnce() {
        scene.remote.add(Address.of(ALICE));
        TestClient outside = scene.outsideClient();
        outside.register(ALICE, "secret-a");
        scene.remote.clear();

        outside.request("MESSAGE", "sip:" + Scene.BOB, ALICE, Scene.BOB, "hi", "Content-Type: text/plain");
        assertThat(outside.response().getStatusCode()).isEqualTo(403);
        TestClient bob = scene.client(Scene.BOB);
        bob.request("MESSAGE", "sip:" + ALICE, Scene.BOB, ALICE, "hi", "Content-Type: text/plain");
        assertThat(bob.response().getStatusCode()).isEqualTo(480);
        assertThat(outside.pending()).isEmpty();
    }

    @Test
    void theChallengeOffersSha256BeforeMd5() {
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "");
        String challenge = client.response().toString();
        assertThat(challenge).contains("realm=\"contoso.example\"", "qop=\"auth\"");
        assertThat(challenge.indexOf("algorithm=SHA-256")).isPositive().isLessThan(challenge.indexOf("algorithm=MD5"));
    }

    @Test
    void aClientThatGivesUpAtTheSightOfSha256IsSparedIt() {
        client.request(
                "REGISTER", "sip:contoso.example", ALICE, ALICE, "", "User-Agent: baresip v1.0.0 (x86_64/linux)");
        assertThat(client.response().toString()).contains("algorithm=MD5").doesNotContain("SHA-256");
    }

    @Test
    void md5IsNeitherOfferedNorTakenIfSwitchedOff() {
        scene.with("allowMd5", false);
        client.registerAs(DigestAlgorithm.MD5, ALICE, "secret-a");
        SIPResponse response = client.response();
        assertThat(response.getStatusCode()).isEqualTo(401);
        assertThat(response.toString()).doesNotContain("MD5");
    }

    @Test
    void anUnknownUserIsAnsweredAsOneWithAWrongPassword() {
        client.registerAs(DigestAlgorithm.SHA_256, ALICE, "wrong");
        SIPResponse wrong = client.response();
        client.registerAs(DigestAlgorithm.SHA_256, "nobody@contoso.example", "wrong");
        SIPResponse unknown = client.response();
        assertThat(unknown.getStatusCode()).isEqualTo(401);
        assertThat(anonymous(unknown)).isEqualTo(anonymous(wrong));
    }

    @Test
    void aReplayedProofIsStaleAndNotAFailure() {
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "");
        String nonce = TestClient.nonce(client.response());
        String proof = "Authorization: "
                + TestClient.proof(
                        DigestAlgorithm.SHA_256, nonce, 1, "REGISTER", "sip:contoso.example", ALICE, "secret-a");
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "", proof);
        assertThat(client.response().getStatusCode()).isEqualTo(200);
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "", proof);
        SIPResponse again = client.response();
        assertThat(again.getStatusCode()).isEqualTo(401);
        assertThat(again.toString()).contains("stale=true");
    }

    @Test
    void guessingIsSlowedDownForTheNameAndAddressAndThenGoesOn() {
        for (int i = 0; i < 5; i++) {
            client.registerAs(DigestAlgorithm.SHA_256, ALICE, "guess" + i);
            assertThat(client.response().getStatusCode()).isEqualTo(401);
        }
        client.registerAs(DigestAlgorithm.SHA_256, ALICE, "secret-a");
        SIPResponse braked = client.response();
        assertThat(braked.getStatusCode()).isEqualTo(403);
        assertThat(braked.getHeader("Retry-After")).isNotNull();
        scene.client("bob@contoso.example");
        scene.time.advance(Duration.ofSeconds(2));
        client.register(ALICE, "secret-a");
    }

    @Test
    void aProofForAnotherTargetOrUserIsNone() {
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "");
        String nonce = TestClient.nonce(client.response());
        String proof = "Authorization: "
                + TestClient.proof(
                        DigestAlgorithm.SHA_256, nonce, 1, "REGISTER", "sip:other.example", ALICE, "secret-a");
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "", proof);
        assertThat(client.response().getStatusCode()).isEqualTo(401);
        client.request("REGISTER", "sip:contoso.example", Scene.BOB, Scene.BOB, "", proof);
        assertThat(client.response().getStatusCode()).isEqualTo(401);
    }

    @Test
    void expiresIsTheContactsThenTheHeadersWithinBounds() {
        client.registerAs(
                DigestAlgorithm.SHA_256,
                ALICE,
                "secret-a",
                "Contact: <sip:a@10.0.0.1>;expires=120, <sip:b@10.0.0.1>",
                "Expires: 999999");
        assertThat(client.response().toString())
                .contains("<sip:a@10.0.0.1>;expires=120", "<sip:b@10.0.0.1>;expires=3600");
        client.registerAs(DigestAlgorithm.SHA_256, ALICE, "secret-a", "Contact: <sip:c@10.0.0.1>;expires=5");
        SIPResponse brief = client.response();
        assertThat(brief.getStatusCode()).isEqualTo(423);
        assertThat(brief.getHeader("Min-Expires").toString()).contains("60");
    }

    @Test
    void aBindingEndsWhenItExpiresIsRemovedOrItsConnectionIsGone() {
        client.register(ALICE, "secret-a", "Expires: 60");
        TestClient second = scene.client(ALICE);
        TestClient third = scene.client(ALICE);
        assertThat(bindings()).isEqualTo(3);
        scene.time.advance(Duration.ofSeconds(60));
        assertThat(bindings()).isEqualTo(2);
        second.register(ALICE, "secret-a", "Expires: 0");
        assertThat(bindings()).isEqualTo(1);
        third.close();
        assertThat(bindings()).isZero();
    }

    @Test
    void aStarNeedsExpiresZeroAndRemovesAll() {
        client.register(ALICE, "secret-a");
        client.registerAs(DigestAlgorithm.SHA_256, ALICE, "secret-a", "Contact: *");
        assertThat(client.response().getStatusCode()).isEqualTo(400);
        assertThat(bindings()).isEqualTo(1);
        client.registerAs(DigestAlgorithm.SHA_256, ALICE, "secret-a", "Contact: *", "Expires: 0");
        assertThat(client.response().getStatusCode()).isEqualTo(200);
        assertThat(bindings()).isZero();
    }

    @Test
    void anOlderRequestOfTheSameCallChangesNothing() {
        client.register(ALICE, "secret-a");
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "");
        String nonce = TestClient.nonce(client.response());
        String proof = TestClient.proof(
                DigestAlgorithm.SHA_256, nonce, 1, "REGISTER", "sip:contoso.example", ALICE, "secret-a");
        client.request(
                "REGISTER",
                "sip:contoso.example",
                ALICE,
                ALICE,
                "z9hG4bKold",
                1,
                "",
                "Contact: <" + client.contact("alice") + ">;expires=0",
                "Authorization: " + proof);
        assertThat(client.response().getStatusCode()).isEqualTo(500);
        assertThat(bindings()).isEqualTo(1);
    }

    @Test
    void aRequestWithOneContactTooManyChangesNothing() {
        scene.with("maxContacts", 2);
        client.registerAs(
                DigestAlgorithm.SHA_256,
                ALICE,
                "secret-a",
                "Contact: <sip:a@10.0.0.1>, <sip:b@10.0.0.1>, <sip:c@10.0.0.1>");
        assertThat(client.response().getStatusCode()).isEqualTo(403);
        assertThat(bindings()).isZero();
        assertThat(scene.limitHits(Limit.CONTACTS)).isEqualTo(1);
    }

    @Test
    void aClientWithAnInstanceReplacesItsFormerContact() {
        String instance = ";+sip.instance=\"<urn:uuid:0001>\"";
        client.register(ALICE, "secret-a", "Contact: <sip:a@10.0.0.1:1000>" + instance);
        TestClient again = scene.client();
        again.register(ALICE, "secret-a", "Contact: <sip:a@10.0.0.1:2000>" + instance);
        assertThat(bindings()).isEqualTo(1);
        client.close();
        assertThat(bindings()).isEqualTo(1);
    }

    @Test
    void aChangedPasswordCutsTheClientsOff() {
        client.register(ALICE, "secret-a");
        scene.user(ALICE, "secret-a", "displayName", "Alice");
        assertThat(bindings()).isEqualTo(1);
        scene.user(ALICE, "another");
        assertThat(bindings()).isZero();
        client.request("MESSAGE", "sip:" + Scene.BOB, ALICE, Scene.BOB, "hi", "Content-Type: text/plain");
        assertThat(client.response().getStatusCode()).isEqualTo(407);
    }

    @Test
    void nobodyRegistersFromOutsideOrAtAForeignDomain() {
        scene.relay.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "");
        assertThat(scene.relay.response().getStatusCode()).isEqualTo(403);
        client.request("REGISTER", "sip:fabrikam.example", Scene.EVE, Scene.EVE, "");
        assertThat(client.response().getStatusCode()).isEqualTo(404);
    }

    @Test
    void aHomeWithANextHopIsOff() {
        scene.configureNextHop();
        client.request("REGISTER", "sip:contoso.example", ALICE, ALICE, "");
        assertThat(client.response().getStatusCode()).isEqualTo(503);
    }

    private int bindings() {
        TestClient probe = scene.client();
        probe.registerAs(DigestAlgorithm.SHA_256, ALICE, "secret-a", "Contact: <sip:probe@10.0.0.9>;expires=0");
        SIPResponse response = probe.response();
        return response.getStatusCode() != 200 || response.getContactHeaders() == null
                ? 0
                : response.getContactHeaders().size();
    }

    private static String anonymous(SIPResponse response) {
        return response.toString().replaceAll("nonce=\"[^\"]+\"|tag=\\w+|branch=\\w+|CSeq: \\d+|alice|nobody", "x");
    }
}
