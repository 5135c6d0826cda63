// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.monitor.internal.crossing.Crossings;
import io.drawbridge.monitor.internal.health.HealthChecks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MonitorTest {
    private final HealthChecks health = new HealthChecks(null);
    private int port;
    private Monitor monitor;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        monitor = new Monitor(null, Map.of("port", port, "traceSize", "100"), health);
    }

    @AfterEach
    void stop() {
        monitor.stop();
    }

    @Test
    void crossingsAreTracedUpToTheConfiguredNumber() {
        for (int i = 0; i < 150; i++) {
            monitor.finished(refused("c" + i));
        }
        assertThat(monitor.last(Filter.ANY, 1_000)).hasSize(100);
        monitor.modified(Map.of("port", port, "traceSize", 200));
        assertThat(monitor.last(Filter.ANY, 1_000)).hasSize(100);
        assertThat(monitor.last(Filter.ANY, 1).get(0).id()).isEqualTo("c149");
    }

    @Test
    void aBusyDayDoesNotWashOutWhatWasRefused() {
        monitor.finished(refused("no"));
        for (int i = 0; i < 5_000; i++) {
            monitor.finished(Crossings.delivered("c" + i, "bob@fabrikam.example", "alice@contoso.example"));
        }
        assertThat(monitor.last(Filter.ANY, 10_000))
                .hasSize(1_001)
                .extracting(Crossing::id)
                .contains("no", "c4999", "c4000");
    }

    private static Crossing refused(String id) {
        return Crossings.refused(id, "eve@litware.example", "alice@contoso.example", Reason.DOMAIN_BLOCKED);
    }

    @Test
    void aFollowerIsToldOfWhatItsFilterMatchesUntilItEnds() {
        List<String> told = new ArrayList<>();
        Filter refused =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Reason.DOMAIN_BLOCKED));
        CrossingTrace.Following following = monitor.follow(refused, crossing -> told.add(crossing.id()));
        monitor.finished(Crossings.delivered("c1", "bob@fabrikam.example", "alice@contoso.example"));
        monitor.finished(
                Crossings.refused("c2", "eve@litware.example", "alice@contoso.example", Reason.DOMAIN_BLOCKED));
        following.close();
        monitor.finished(
                Crossings.refused("c3", "eve@litware.example", "alice@contoso.example", Reason.DOMAIN_BLOCKED));
        assertThat(told).containsExactly("c2");
    }

    @ParameterizedTest
    @CsvSource({"traceSize,99", "address,300.1.1.1"})
    void aBadValueAndAnUnknownKeyAreToldTogether(String key, String value) {
        Map<String, Object> change = Map.of("port", port, key, value, "trcaeSize", "100");
        assertThat(monitor.check(Map.of(Monitor.PID, Optional.of(change))))
                .extracting(InvalidSetting::key)
                .containsExactly(key, "trcaeSize");
        monitor.modified(change);
        assertThat(monitor.problems()).extracting(InvalidSetting::key).containsExactly(key, "trcaeSize");
    }

    @ParameterizedTest
    @CsvSource({"traceSize,99", "traceSize,many", "port,65536", "address,monitor.example", "address,300.1.1.1"})
    void aBadValueIsRefusedAndTheLastGoodStateStays(String key, String value) {
        Map<String, Object> change = new HashMap<>(Map.of("port", port));
        change.put(key, value);
        assertThat(monitor.check(Map.of(Monitor.PID, Optional.of(change)))).hasSize(1);
        monitor.modified(change);
        assertThat(monitor.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pid()).isEqualTo(Monitor.PID);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.value()).isEqualTo(value);
        });
        monitor.finished(Crossings.delivered("c", "bob@fabrikam.example", "alice@contoso.example"));
        assertThat(monitor.last(Filter.ANY, 9)).hasSize(1);

        monitor.modified(Map.of("port", port));
        assertThat(monitor.problems()).isEmpty();
    }

    @Test
    void anUnknownKeyIsNamedAndTheRestTakesEffect() {
        monitor.modified(Map.of("port", port, "tracesize", "500"));
        assertThat(monitor.problems()).extracting(InvalidSetting::key).containsExactly("tracesize");
    }

    @Test
    void aCheckChangesNothingAndIgnoresOtherPids() {
        assertThat(monitor.check(Map.of("other", Optional.of(Map.of("port", 0)))))
                .isEmpty();
        assertThat(monitor.check(Map.of(Monitor.PID, Optional.empty()))).isEmpty();
        assertThat(monitor.check(Map.of(Monitor.PID, Optional.of(Map.of("port", 0)))))
                .hasSize(1);
        assertThat(monitor.problems()).isEmpty();
    }
}
