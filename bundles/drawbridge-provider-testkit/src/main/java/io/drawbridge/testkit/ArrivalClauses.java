// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes from the network. */
abstract class ArrivalClauses extends StagedClauses {
    ArrivalClauses(ProviderContract vendor) {
        super(vendor);
    }

    @Test
    @Clause(
            rule = "A message of the network comes once, whole, from who wrote it to the user it is for",
            written = AccountContext.class,
            remedy = "call message() with the writer at a domain of the provider and the account's user")
    void aMessageComesOnceAndFromItsWriter() {
        stage().signedIn(Stage.ALICE);
        String text = "good morning, é😀";
        vendor().contactSays(Stage.ALICE.toString(), text);
        stage().await("the message of the contact", () -> !stage().arrived(Stage.ALICE)
                .isEmpty());
        stage().linger(Duration.ofMillis(500));
        stage().judge();
        List<Event.Said> arrived = stage().arrived(Stage.ALICE);
        Finding.unless(arrived.size() == 1, "it came %d times", arrived.size());
        Event.Said said = arrived.get(0);
        Finding.unless(Stage.text(said).equals(text), "it came as '%s'", Stage.text(said));
        Finding.unless(
                said.sender().principal().equals(vendor().contactPrincipal()),
                "it came from %s instead of %s",
                said.sender(),
                vendor().contact());
        Finding.unless(!said.message().id().isEmpty(), "it has no identifier, so that no receipt can speak of it");
    }

    @Test
    @Clause(
            rule = "Each message of the network has an identifier of its own",
            written = io.drawbridge.api.model.Message.class,
            remedy = "use the network's identifier, or make one; receipts speak of messages by it")
    void eachMessageHasItsOwnIdentifier() {
        stage().signedIn(Stage.ALICE);
        for (int i = 0; i < 3; i++) {
            vendor().contactSays(Stage.ALICE.toString(), "number " + i);
        }
        stage().await("three messages", () -> stage().arrived(Stage.ALICE).size() >= 3);
        Set<String> ids = new HashSet<>();
        stage().arrived(Stage.ALICE).forEach(said -> ids.add(said.message().id()));
        Finding.unless(ids.size() == 3, "three messages have the identifiers %s", ids);
        stage().judge();
    }

    @Test
    @Clause(
            rule = "What Drawbridge refuses is the network's loss and not the account's end",
            written = AccountContext.class,
            remedy = "read the outcome of message() and tell the network if it wants to know; go on in any case")
    void aRefusedMessageEndsNothing() {
        stage().answering(event -> CompletableFuture.completedFuture(
                new DeliveryOutcome.Failed(Condition.FORBIDDEN, Reason.ANSWERED_BY_PEER, "no", Optional.empty())));
        stage().signedIn(Stage.ALICE);
        int connects = connects();
        vendor().contactSays(Stage.ALICE.toString(), "refused");
        stage().await(
                        "the message that is refused",
                        () -> stage().arrived(Stage.ALICE).size() == 1);
        stage().linger(Duration.ofMillis(300));
        requireStillOnline(connects);
        stage().answering(event -> CompletableFuture.completedFuture(new DeliveryOutcome.Delivered()));
        vendor().contactSays(Stage.ALICE.toString(), "taken");
        stage().await("the next message", () -> stage().arrived(Stage.ALICE).size() == 2);
        requireStillOnline(connects);
    }

    @Test
    @Clause(
            rule = "message() answers when policy has decided, maybe seconds later; nothing waits for it",
            written = AccountContext.class,
            remedy = "use thenAccept() on the stage, never get() or join()")
    void aSlowDecisionHoldsNothingUp() {
        CompletableFuture<DeliveryOutcome> decision = new CompletableFuture<>();
        stage().answering(event -> decision);
        stage().signedIn(Stage.ALICE);
        int connects = connects();
        CompletableFuture<DeliveryOutcome> slow = stage().say(Stage.ALICE, "a slow one");
        stage().await("the contact to hear it", () -> vendor().heard().contains("a slow one"));
        CompletableFuture<DeliveryOutcome> next = stage().say(Stage.ALICE, "another");
        try {
            stage().await("the next message to be heard", () -> vendor().heard().contains("another"));
        } finally {
            decision.complete(new DeliveryOutcome.Delivered());
        }
        stage().outcome(slow);
        stage().outcome(next);
        requireStillOnline(connects);
    }

    private int connects() {
        return stage().journal().calls(Journal.Callee.PLUGIN, "connect").size();
    }

    /** Who left may be back before anybody looks, so what counts besides is how often it was asked to connect. */
    private void requireStillOnline(int connects) {
        boolean isOnline = stage().account(Stage.ALICE)
                .filter(account -> account.nextTry().isEmpty())
                .isPresent();
        Finding.unless(
                isOnline && connects() == connects,
                "the account is %s, asked to connect %d times",
                stage().status(Stage.ALICE),
                connects());
        stage().judge();
    }
}
