// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountContext;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An exchange that does not come to an end with what it is brought: so much may be under way, and whose fault more is. */
final class FloodTest {
    private static final int MOST = 10_000;
    private static final Principal BOB = Scene.principal("bob", "contoso.example");

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @BeforeEach
    void open() {
        scene.enabled().account("al", Scene.ALICE).account("bo", BOB).online(vendor, "al");
        scene.await("both", () -> scene.provider("parrot").online() == 2);
        scene.isStuck = true;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private AccountContext context(String account) {
        return vendor.opened.stream()
                .filter(opened -> opened.settings.name().equals(account))
                .map(opened -> opened.context)
                .findFirst()
                .orElseThrow();
    }

    private void writes(int times) {
        for (int i = 0; i < times; i++) {
            context("al").typing(Instance.anyOf(Scene.POLLY), Instance.anyOf(Scene.ALICE), "talk", Composing.COMPOSING);
        }
    }

    private void contactsCome(String account, Principal watcher, int many) {
        for (int i = 0; i < many; i++) {
            Principal bird = Scene.principal("bird" + i, "parrot.example");
            scene.link().deliver(new Event.Watch(watcher, bird, true));
            context(account)
                    .presence(
                            watcher,
                            new PresenceDocument(bird, List.of(InstancePresence.of("x", Availability.AVAILABLE))));
        }
    }

    @Test
    void aPluginThatBringsMoreIsNamed() {
        writes(MOST);
        assertThat(scene.provider("parrot").trouble()).isEmpty();
        writes(1);
        assertThat(scene.provider("parrot").trouble()).contains("what it brings from its network, account al");
        assertThat(scene.brought).hasSize(MOST);
    }

    @Test
    void presenceOfWhichTheHostKeepsTheLatestIsNoFaultOfThePluginAndKeepsNothingElseAway() {
        contactsCome("al", Scene.ALICE, MOST / 2 + 500);
        contactsCome("bo", BOB, MOST / 2 + 500);
        assertThat(scene.brought).hasSize(MOST);
        writes(1);
        assertThat(scene.brought).hasSize(MOST + 1);
        assertThat(scene.provider("parrot").trouble()).isEmpty();
    }
}
