// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After each sign-in all that is watched and shown is told the plug-in again, in pace; what ended meanwhile is not. */
final class ReplayTest {
    private static final int MANY = 120;

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    private static Principal bird(int number) {
        return Scene.principal("bird" + number, "parrot.example");
    }

    private void online() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
    }

    private void signInAgain() {
        vendor.calls.clear();
        vendor.last().context.status(AccountStatus.DISCONNECTED, "");
        // In small steps, so that the first told again are not followed by the next.
        scene.await("another sign-in", () -> {
            scene.time.pass(Duration.ofMillis(100));
            return vendor.calls.contains("al connect");
        });
    }

    private long calls(String what) {
        return vendor.calls.stream()
                .filter(call -> call.startsWith("al " + what + " "))
                .count();
    }

    @Test
    void watchesAreToldAgainInPaceAndOneThatEndedMeanwhileIsNot() {
        online();
        for (int i = 0; i < MANY; i++) {
            scene.link().deliver(new Event.Watch(Scene.ALICE, bird(i), true));
        }
        scene.await("the watches", () -> calls("watch") == MANY);
        signInAgain();
        scene.await("the first of them", () -> calls("watch") >= 50);
        assertThat(calls("watch")).isLessThan(MANY);
        scene.link().deliver(new Event.Watch(Scene.ALICE, bird(MANY - 1), false));
        scene.await("the others", () -> {
            scene.time.pass(Duration.ofMillis(100));
            return calls("watch") == MANY - 1;
        });
        assertThat(vendor.calls).doesNotContain("al watch " + bird(MANY - 1));
    }

    @Test
    void whoWasRefusedSeesNothingAfterTheNextSignIn() {
        online();
        PresenceDocument alice =
                new PresenceDocument(Scene.ALICE, List.of(InstancePresence.of("desk", Availability.AVAILABLE)));
        scene.link().deliver(new Event.Presence(bird(1), alice));
        scene.link().deliver(new Event.Presence(bird(2), alice));
        scene.await("both to see her", () -> calls("show") == 2);
        scene.link().deliver(new Event.Authorization(Scene.ALICE, bird(1), Event.Step.REFUSE, ""));
        scene.await("that one sees her no more", () -> calls("show") == 3);
        signInAgain();
        scene.await("the other one to see her again", () -> calls("show") == 1);
        scene.time.pass(Duration.ofMinutes(1));
        assertThat(calls("show")).isEqualTo(1);
    }
}
