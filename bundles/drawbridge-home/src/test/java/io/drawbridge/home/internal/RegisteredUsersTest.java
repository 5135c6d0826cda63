// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.home.HomeContact;
import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.model.Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegisteredUsersTest {
    private final Scene scene = new Scene();

    @Test
    void aUserIsShownWithTheClientsRegisteredNow() {
        scene.client(Scene.ALICE);

        List<HomeUser> users = scene.registered().users();

        assertThat(users)
                .extracting(HomeUser::pid)
                .containsExactly(
                        "io.drawbridge.home.user~alice@contoso.example", "io.drawbridge.home.user~bob@contoso.example");
        assertThat(users.get(0).contacts())
                .singleElement()
                .extracting(HomeContact::expires)
                .satisfies(expires -> assertThat(expires).isAfter(scene.time.instant()));
        assertThat(users.get(1).contacts()).isEmpty();
    }

    @Test
    void whoIsOnTheListsOfAUserIsShown() {
        scene.user(Scene.ALICE, "secret-a", "allow", Scene.BOB, "block", "litware.example," + Scene.EVE);
        assertThat(scene.registered().users().get(0)).satisfies(alice -> {
            assertThat(alice.allow()).containsExactly(Scene.BOB);
            assertThat(alice.block()).containsExactly(Scene.EVE, "litware.example");
        });
    }

    @Test
    void ofAPasswordOnlyTheDigestsOfUserRealmAndPasswordAreKept() {
        // RFC 7616 section 3.4.2: A1 = unq(username) ":" unq(realm) ":" passwd. Values by sha256sum and md5sum.
        assertThat(scene.registered().credentials(Address.of("Alice@contoso.example"), "secret".toCharArray()))
                .isEqualTo(Map.of(
                        ".ha1Sha256",
                        "a6c4975982c8c40acf379e97854dfe8a285ecbc9ec17429731c2a8fd909c344f",
                        ".ha1Md5",
                        "8d88f39e5db96c0418db9d1c5bcc7ce9"));
    }

    @Test
    void anEmptyPasswordIsRefused() {
        assertThatThrownBy(() -> scene.registered().credentials(Address.of(Scene.ALICE), new char[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
