// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserTableTest {
    private static final String PID = "io.drawbridge.home.user~alice";
    private static final Address ALICE = Address.of("alice@contoso.example");
    private static final String HASH = DigestAlgorithm.SHA_256.ha1("alice", "contoso.example", "x".toCharArray());
    private final UserTable table = new UserTable();

    @Test
    void anAddressIsFoundInAnyCase() throws Exception {
        table.put(PID, properties("address", "Alice@Contoso.Example"));
        assertThat(table.find(Address.of("ALICE@contoso.example"))).isPresent();
    }

    @ParameterizedTest(name = "{0}={1} is refused")
    @CsvSource({
        "address, nobody",
        ".ha1Sha256, 1234",
        ".ha1Md5, nothex",
        "allow, 'fabrikam.example, not a domain'",
        "allowAll, perhaps",
    })
    void aBadChangeLeavesTheUserAsHeWasAndSaysWhy(String key, String value) throws Exception {
        table.put(PID, properties("displayName", "Alice"));
        assertThatThrownBy(() -> table.put(PID, properties(key, value)))
                .isInstanceOfSatisfying(InvalidSetting.class, refused -> {
                    assertThat(refused.pid()).isEqualTo(PID);
                    assertThat(refused.key()).isEqualTo(key);
                    assertThat(refused.value()).isNotEqualTo("1234").isNotEqualTo("nothex");
                });
        assertThat(table.find(ALICE).orElseThrow().displayName()).isEqualTo("Alice");
        assertThat(table.problems()).hasSize(1);
        table.put(PID, properties());
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void twoUsersCannotHaveOneAddress() throws Exception {
        table.put(PID, properties());
        assertThatThrownBy(() -> table.put("io.drawbridge.home.user~other", properties()))
                .hasMessageContaining("is taken already by " + PID);
    }

    @Test
    void aUserIsThereWhileHeIsChanged() throws Exception {
        table.put(PID, properties());
        AtomicBoolean changing = new AtomicBoolean(true);
        CompletableFuture<Boolean> alwaysThere = CompletableFuture.supplyAsync(() -> {
            boolean there = true;
            while (changing.get()) {
                there &= table.find(ALICE).isPresent();
            }
            return there;
        });
        for (int i = 0; i < 20_000; i++) {
            table.put(PID, properties("displayName", "Alice " + i));
        }
        changing.set(false);
        assertThat(alwaysThere.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anotherAddressReplacesTheOldOne() throws Exception {
        table.put(PID, properties());
        table.put(PID, properties("address", "alicia@contoso.example"));
        assertThat(table.find(ALICE)).isEmpty();
        assertThat(table.users()).hasSize(1);
    }

    @Test
    void listenersLearnWhetherTheProofStillHolds() throws Exception {
        List<Boolean> kept = new ArrayList<>();
        table.onChange(change -> kept.add(change.keepsProof()));
        table.put(PID, properties());
        table.put(PID, properties("displayName", "Alice"));
        table.put(PID, properties(".ha1Sha256", DigestAlgorithm.SHA_256.hash("another")));
        table.remove(PID);
        assertThat(kept).containsExactly(false, true, false, false);
        assertThat(table.users()).isEmpty();
    }

    private static Map<String, Object> properties(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("address", ALICE.toString(), ".ha1Sha256", HASH));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
