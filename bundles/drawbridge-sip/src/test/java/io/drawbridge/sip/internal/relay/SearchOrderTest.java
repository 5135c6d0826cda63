// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.TrafficKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** While names are searched, what one writes to another stays in its order. */
class SearchOrderTest {
    private static final NameSearch.Found FOUND = new NameSearch.Found(
            Optional.empty(), Reason.PROVIDER_ABSENT, new RuleResult(Rule.ADDRESS, false, "nobody"));

    private final SearchOrder order = new SearchOrder();
    private final List<String> went = new ArrayList<>();

    private CompletableFuture<NameSearch.Found> searched(String recipient, String text) {
        CompletableFuture<NameSearch.Found> search = new CompletableFuture<>();
        await(recipient, text, search);
        return search;
    }

    private void await(String recipient, String text, CompletableFuture<NameSearch.Found> search) {
        Envelope envelope = Envelope.of(
                Direction.OUTBOUND, Address.of("alice@contoso.example"), Address.of(recipient), TrafficKind.MESSAGE);
        order.await(Runnable::run, envelope, search, found -> went.add(text));
    }

    @Test
    void theyGoOnInTheirOrderThoughOneAnswerServesThemAll() {
        CompletableFuture<NameSearch.Found> shared = new CompletableFuture<>();
        await("bob@msn.example", "one", shared);
        await("bob@msn.example", "two", shared);
        await("bob@msn.example", "three", shared);
        shared.complete(FOUND);
        assertThat(went).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsKnownAtOnceDoesNotPassWhatStillWaits() {
        CompletableFuture<NameSearch.Found> first = searched("bob@msn.example", "one");
        await("bob@msn.example", "two", CompletableFuture.completedFuture(FOUND));
        assertThat(went).isEmpty();
        first.complete(FOUND);
        assertThat(went).containsExactly("one", "two");
        await("bob@msn.example", "three", CompletableFuture.completedFuture(FOUND));
        assertThat(went).containsExactly("one", "two", "three");
    }

    @Test
    void oneRecipientDoesNotWaitForAnother() {
        searched("bob@msn.example", "to bob");
        searched("ann@msn.example", "to ann").complete(FOUND);
        assertThat(went).containsExactly("to ann");
    }
}
