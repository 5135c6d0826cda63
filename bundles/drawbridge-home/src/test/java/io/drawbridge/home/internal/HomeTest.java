// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.sip.SipFlow;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class HomeTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Scene scene = new Scene().with("maxWaiting", 100);
    private final Home home = scene.home(tasks::add, scene.time, scene.time);
    private final TestClient client = new TestClient(home, SipFlow.Kind.CLIENT);

    @Test
    void whatDoesNotFitTheQueueIsRefusedOnTheSpotAndTheRestIsStillServed() {
        for (int i = 0; i < 101; i++) {
            client.request("OPTIONS", "sip:contoso.example", Scene.ALICE, "x@contoso.example", "");
        }
        assertThat(client.pending()).hasSize(1);
        assertThat(client.response().getStatusCode()).isEqualTo(503);
        tasks.forEach(Runnable::run);
        assertThat(client.pending()).hasSize(100).allMatch(answer -> answer.startsWith("SIP/2.0 407 "));
    }

    @Test
    void aHomeThatStopsTellsWhoWaits() {
        TestClient alice = scene.client(Scene.ALICE);
        TestClient bob = scene.client(Scene.BOB);
        alice.request("MESSAGE", "sip:" + Scene.BOB, Scene.ALICE, Scene.BOB, "hi", "Content-Type: text/plain");
        bob.request();
        scene.stop();
        assertThat(alice.response().getStatusCode()).isEqualTo(503);
    }
}
