// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.identity.IdentityDirectory;
import io.drawbridge.net.internal.loops.EventLoops;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of listeners that is tried before it is made. */
final class ListenerChecksTest {
    private static final String PID = "io.drawbridge.net.listener~";
    private static final String IDENTITY = "io.drawbridge.net.identity~edge";

    private final EventLoops loops = new EventLoops();
    private final IdentityDirectory identities = new IdentityDirectory();
    private final ListenerRegistry registry = new ListenerRegistry();
    private final ListenerChecks checks = new ListenerChecks(identities, registry);

    @BeforeEach
    void configureOutside() {
        Listener outside = new Listener(
                "outside",
                PID + "outside",
                new Shared(
                        loops,
                        identities::identity,
                        new ProtocolHandlers(),
                        new OpenConnections(),
                        new Handshakes(),
                        InstantSource.system()));
        outside.configure(listener("192.0.2.1", "5061"));
        outside.reconcile();
        registry.add(outside);
    }

    @AfterEach
    void end() {
        loops.close();
    }

    private static Map<String, Object> listener(String address, String port) {
        return Map.of("side", "OUTSIDE", "protocol", "sip", "address", address, "port", port, "identity", "edge");
    }

    /** Tries a listener together with the identity that all of them use. */
    private List<InvalidSetting> check(String name, Map<String, Object> properties) {
        Map<String, Optional<Map<String, Object>>> changes = new HashMap<>();
        changes.put(PID + name, Optional.of(properties));
        changes.put(IDENTITY, Optional.of(Map.of()));
        return checks.check(changes);
    }

    @Test
    void anotherPortIsFine() {
        assertThat(check("second", listener("192.0.2.1", "5062"))).isEmpty();
        assertThat(check("second", listener("192.0.2.2", "5061"))).isEmpty();
    }

    @Test
    void thePortOfAnotherListenerIsRefusedAlsoThroughTheWildcardAddress() {
        for (String address : List.of("192.0.2.1", "0.0.0.0", "::")) {
            assertThat(check("second", listener(address, "5061")))
                    .singleElement()
                    .satisfies(refused -> {
                        assertThat(refused.pid()).isEqualTo(PID + "second");
                        assertThat(refused.key()).isEqualTo("port");
                        assertThat(refused.rule()).contains("is taken by " + PID + "outside");
                    });
        }
    }

    @Test
    void aListenerMayKeepItsOwnPort() {
        assertThat(check("outside", listener("192.0.2.1", "5061"))).isEmpty();
    }

    @Test
    void anIdentityThatIsNotConfiguredIsRefused() {
        assertThat(checks.check(Map.of(PID + "second", Optional.of(listener("192.0.2.1", "5062")))))
                .extracting(InvalidSetting::key)
                .containsExactly("identity");
    }

    @Test
    void anIdentityInUseIsNotDeleted() {
        assertThat(checks.check(Map.of(IDENTITY, Optional.empty())))
                .extracting(InvalidSetting::pid)
                .containsExactly(PID + "outside");
        assertThat(checks.check(Map.of(IDENTITY, Optional.empty(), PID + "outside", Optional.empty())))
                .isEmpty();
    }

    @Test
    void aBadValueIsNamed() {
        Map<String, Object> bad = new HashMap<>(listener("edge.contoso.example", "5062"));
        assertThat(check("second", bad)).singleElement().satisfies(refused -> assertThat(refused.key())
                .isEqualTo("address"));
        bad.putAll(Map.of("address", "192.0.2.1", "legacyPeers", "192.0.2.9, 192.0.2.0/240"));
        assertThat(check("second", bad)).singleElement().satisfies(refused -> {
            assertThat(refused.key()).isEqualTo("legacyPeers");
            assertThat(refused.rule()).contains("192.0.2.0/240");
        });
    }
}
