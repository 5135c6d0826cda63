// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.EDGE;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Configured.properties;
import static io.drawbridge.core.internal.Peers.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.core.internal.Configured;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A refused PID changes nothing, is retried when something else changes, and is told before it is made. */
final class LastGoodStateTest {
    private static final DomainName A = DomainName.of("a.example");
    private static final DomainName B = DomainName.of("b.example");

    @Test
    void aBadValueKeepsThePidAsItWas() {
        Configured edge = contoso().set(ALLOWED + "a.example", "proxyFqdn", "edge.a.example");
        edge.set(ALLOWED + "a.example", "proxyFqdn", "*.a.example");
        assertThat(edge.problems()).hasSize(1);
        assertThat(edge.snapshot().allowed().get(A).proxy().orElseThrow().host())
                .isEqualTo("edge.a.example");
        edge.set(ALLOWED + "a.example", "proxyFqdn", "new.a.example");
        assertThat(edge.problems()).isEmpty();
        assertThat(edge.snapshot().allowed().get(A).proxy().orElseThrow().host())
                .isEqualTo("new.a.example");
    }

    @Test
    void aBadEdgeKeepsTheEdgeAsItWas() {
        Configured edge = contoso().set(EDGE, "sipDomains", "contoso.example", "allowFederatedUsers", "maybe");
        assertThat(edge.problems()).hasSize(1);
        assertThat(edge.snapshot().edge().federation()).isTrue();
    }

    @Test
    void aDeletedPidIsGoneAndSoIsItsLastGoodState() {
        Configured edge = contoso().set(ALLOWED + "a.example").delete(ALLOWED + "a.example");
        assertThat(edge.snapshot().allowed()).isEmpty();
        edge.set(ALLOWED + "a.example", "proxyFqdn", "*");
        assertThat(edge.snapshot().allowed()).isEmpty();
    }

    @Test
    void aDeletedEdgeLetsNothingPass() {
        Configured edge = contoso().delete(EDGE);
        assertThat(edge.snapshot()
                        .decide(outbound("bob@contoso.example", "a@a.example"))
                        .reason())
                .isEqualTo(Reason.NOT_CONFIGURED);
    }

    @Test
    void aRefusedListKeepsItsLastGoodDomains() {
        Configured edge = contoso().set(BLOCKED + "b.example").set(ALLOWED + "list", "domain", "a.example");
        edge.set(ALLOWED + "list", "domain", "b.example, c.example");
        assertThat(edge.problems()).hasSize(1);
        assertThat(edge.snapshot().allowed()).containsOnlyKeys(A);
    }

    @Test
    void blockingActsAtOnceAlsoAgainstALastGoodState() {
        Configured edge = contoso()
                .set(ALLOWED + "list", "domain", "a.example, b.example")
                .set(BLOCKED + "b.example");
        assertThat(edge.problems()).hasSize(1);
        assertThat(edge.snapshot().allowed()).containsOnlyKeys(A);
        assertThat(edge.snapshot().blocked()).containsOnlyKeys(B);
    }

    @Test
    void ofAListThatNeverWasGoodTheRightDomainsCount() {
        Configured edge = contoso().set(ALLOWED + "list", "domain", "a.example, *.example, b.example");
        assertThat(edge.problems()).hasSize(1);
        assertThat(edge.snapshot().allowed()).containsOnlyKeys(A, B);
    }

    @Test
    void aRefusedPidIsTriedAgainWhenSomethingElseChanges() {
        Configured edge = contoso()
                .set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example")
                .set(ALLOWED + "a.example", "proxyFqdn", "fed.cloud.example");
        assertThat(edge.snapshot().allowed()).isEmpty();
        edge.delete(HOSTING + "cloud");
        assertThat(edge.problems()).isEmpty();
        assertThat(edge.snapshot().allowed()).containsOnlyKeys(A);
    }

    @Test
    void aLongListOfBadValuesIsToldInPart() {
        String bad = "*.example,".repeat(1000);
        assertThat(contoso().set(ALLOWED + "list", "domain", bad).problems())
                .hasSize(101)
                .last()
                .satisfies(problem -> assertThat(problem.rule()).contains("more values"));
    }

    @Test
    void aRefusedValueIsShownWithoutControlCharacters() {
        assertThat(contoso().set(BLOCKED + "x", "domain", "a\nb.example").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("a?b.example"));
    }

    @Test
    void aChangeIsCheckedBeforeItIsMadeAndNothingChanges() {
        Configured edge = contoso().set(BLOCKED + "b.example");
        assertThat(edge.check(change(ALLOWED + "a.example"))).isEmpty();
        assertThat(edge.check(change(ALLOWED + "b.example")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).contains(BLOCKED + "b.example"));
        assertThat(edge.snapshot().allowed()).isEmpty();
        assertThat(edge.problems()).isEmpty();
    }

    @Test
    void aChangeThatWouldTakeAnothersPlaceIsTold() {
        Configured edge = contoso().set(ALLOWED + "a.example");
        assertThat(edge.check(change(BLOCKED + "a.example")))
                .extracting(InvalidSetting::pid)
                .containsExactly(ALLOWED + "a.example");
        Map<String, Optional<Map<String, Object>>> move =
                Map.of(BLOCKED + "a.example", Optional.of(Map.of()), ALLOWED + "a.example", Optional.empty());
        assertThat(edge.check(move)).isEmpty();
    }

    @Test
    void checkingLeavesOutWhatIsRefusedAlready() {
        Configured edge = contoso().set(ALLOWED + "bad", "proxyFqdn", "*");
        List<InvalidSetting> found = edge.check(change(ALLOWED + "a.example"));
        assertThat(found).isEmpty();
        assertThat(edge.check(Map.of("io.somebody.else", Optional.of(properties("x", "y")))))
                .isEmpty();
    }

    @Test
    void settingsThatArriveAloneWaitForTheEdge() {
        Configured edge = new Configured().set(ACCESS + "a", "members", "bob@contoso.example");
        assertThat(edge.problems()).hasSize(1);
        edge.set(EDGE, "sipDomains", "contoso.example");
        assertThat(edge.problems()).isEmpty();
    }

    private static Map<String, Optional<Map<String, Object>>> change(String pid) {
        return Map.of(pid, Optional.of(Map.of()));
    }
}
