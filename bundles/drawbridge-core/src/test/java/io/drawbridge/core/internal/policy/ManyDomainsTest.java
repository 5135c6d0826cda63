// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.outbound;
import static io.drawbridge.core.internal.Peers.uri;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.DomainStatus;
import io.drawbridge.api.directory.DomainStatus.DomainList;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.core.internal.Configured;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hundred thousand domains, half of them in one instance and half in instances of their own. */
final class ManyDomainsTest {
    private static final int MANY = 50_000;
    private static Configured edge;

    @BeforeAll
    static void configure() {
        Map<String, Optional<Map<String, Object>>> files = new HashMap<>();
        files.put(ALLOWED + "bulk", Optional.of(Map.of("domain", names("bulk"))));
        files.put(BLOCKED + "bulk", Optional.of(Map.of("domain", names("bad"))));
        for (int i = 0; i < MANY; i++) {
            files.put(ALLOWED + "single" + i + ".example", Optional.of(Map.of()));
        }
        edge = contoso().apply(files);
    }

    @Test
    void allOfThemAreInForce() {
        assertThat(edge.problems()).isEmpty();
        assertThat(edge.snapshot().allowed()).hasSize(2 * MANY);
        assertThat(new SnapshotDirectory(edge::snapshot).domains())
                .hasSize(3 * MANY + 1)
                .extracting(DomainStatus::list)
                .contains(DomainList.OWN, DomainList.ALLOWED, DomainList.BLOCKED);
    }

    @Test
    void eachIsDecidedByItsOwnEntry() {
        Snapshot snapshot = edge.snapshot();
        for (int i = 0; i < MANY; i += 1000) {
            assertThat(snapshot.decide(outbound("bob@contoso.example", "x@single" + i + ".example"))
                            .rules()
                            .get(4)
                            .detail())
                    .isEqualTo("allowed partner domain (io.drawbridge.federation.allowed~single" + i + ".example)");
            assertThat(snapshot.decide(inbound(
                                    "x@bulk" + i + ".example", "bob@contoso.example", uri("bulk" + i + ".example")))
                            .allowed())
                    .isTrue();
            assertThat(snapshot.decide(outbound("bob@contoso.example", "x@bad" + i + ".example"))
                            .reason())
                    .isEqualTo(Reason.DOMAIN_BLOCKED);
        }
    }

    /**
     * The cost is flat by structure: what a decision reads are immutable hash maps, and the facts of the allowed path
     * are the same objects each time, not made for the message.
     */
    @Test
    void decidingLooksUpAndBuildsNothingThatGrowsWithTheLists() {
        Snapshot snapshot = edge.snapshot();
        assertThat(snapshot.allowed())
                .isInstanceOf(Map.copyOf(new HashMap<>(Map.of(1, 2, 3, 4))).getClass());
        assertThat(snapshot.blocked()).isInstanceOf(snapshot.allowed().getClass());
        var first = snapshot.decide(outbound("bob@contoso.example", "x@bulk1.example"));
        var second = snapshot.decide(outbound("carol@contoso.example", "y@bulk2.example"));
        assertThat(second.rules()).hasSameSizeAs(first.rules());
        for (int i = 0; i < first.rules().size(); i++) {
            assertThat(second.rules().get(i)).isSameAs(first.rules().get(i));
        }
    }

    @Test
    void oneChangeAmongThemActs() {
        Configured other = contoso()
                .set(ALLOWED + "bulk", "domain", names("bulk"))
                .set(BLOCKED + "bulk7.example")
                .set(ACCESS + "x", "members", "bob@contoso.example");
        assertThat(other.snapshot().allowed()).hasSize(MANY - 1);
        assertThat(other.problems()).singleElement().satisfies(problem -> assertThat(problem.value())
                .isEqualTo("bulk7.example"));
    }

    private static String names(String prefix) {
        return IntStream.range(0, MANY).mapToObj(i -> prefix + i + ".example").collect(Collectors.joining(","));
    }
}
