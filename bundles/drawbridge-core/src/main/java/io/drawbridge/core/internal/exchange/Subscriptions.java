// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.core.internal.authorization.Authorizations;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import io.drawbridge.core.internal.authorization.Transition;
import io.drawbridge.core.internal.exchange.Brakes.Limit;
import io.drawbridge.core.internal.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What steps of authorizations, watches and presence do, and to whom they go (interworking 5.3, 5.4, 6.4.3, 6.4.4). What
 * is between two principals comes here one after another. A step counts, and is told to anybody, once the ledger has it.
 */
final class Subscriptions {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
    private static final Duration SEEN_IS_KEPT = Duration.ofHours(1);

    private final Authorizations authorizations;
    private final Ledger ledger;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Brakes brakes;
    private final Supplier<ExchangeSettings> settings;
    private final InstantSource clock;
    private final Executor executor;

    /**
     * Connects the parts.
     *
     * @param executor goes on after the ledger has written
     */
    Subscriptions(
            Authorizations authorizations,
            Ledger ledger,
            Deliveries deliveries,
            Lanes lanes,
            Brakes brakes,
            Supplier<ExchangeSettings> settings,
            InstantSource clock,
            Executor executor) {
        this.authorizations = authorizations;
        this.ledger = ledger;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.brakes = brakes;
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
    }

    /** Notes that whoever sent this is there, which keeps its watches alive (interworking 6.4.3). */
    void notice(Passage passage) {
        Right right = new Right(
                passage.event().sender().principal(),
                passage.event().recipient().principal());
        Entitlement known = authorizations.of(right);
        if (known.phase() == Phase.GRANTED && known.seen().plus(SEEN_IS_KEPT).isBefore(passage.arrived())) {
            Entitlement seen = known.seenAt(passage.arrived());
            authorizations.put(right, seen);
            ledger.keepLater(right, seen);
        }
    }

    /** Takes a step; completes when the next thing between the two may start. */
    CompletionStage<?> step(Passage passage, Event.Authorization step, String target) {
        if (!authorizations.ready()) {
            passage.fail(Reason.LEDGER_FAILED);
            return DONE;
        }
        return take(passage, step, target, UnaryOperator.identity());
    }

    private CompletionStage<?> take(
            Passage passage, Event.Authorization event, String target, UnaryOperator<DeliveryOutcome> told) {
        Right right = rightOf(event);
        Instant now = clock.instant();
        Entitlement known = authorizations.of(right);
        Entitlement before = event.step() == Step.ASK ? known.askable(now) : known;
        if (event.step() == Step.ASK && !mayAsk(passage, event, before, now)) {
            return DONE;
        }
        Transition transition = Transition.of(passage.byOwnUser(), event.step(), before);
        Entitlement after = transition.applyTo(before, event.step(), now);
        Taken taken = new Taken(passage, event, target, right, before, after, transition, told);
        if (after.equals(before)) {
            carryOut(taken);
            return DONE;
        }
        return ledger.keep(right, after)
                .handleAsync(
                        (kept, failure) -> {
                            if (failure == null) {
                                authorizations.put(right, after);
                                carryOut(taken);
                            } else {
                                passage.fail(Reason.LEDGER_FAILED);
                            }
                            return null;
                        },
                        executor);
    }

    private boolean mayAsk(Passage passage, Event.Authorization event, Entitlement before, Instant now) {
        if (before.phase() != Phase.NONE || before.preApproved()) {
            return true;
        }
        if (before.refusedWithin(settings.get().refusalPause(), now)) {
            passage.refuse(Reason.REFUSED_LATELY, Rule.CONSENT, "refused at " + before.refused());
            deliveries.hand(passage.origin().link(), answer(event, Step.REFUSE));
            return false;
        }
        if (authorizations.size() >= settings.get().mostAuthorizations()) {
            passage.refuse(brakes.counted(Limit.AUTHORIZATIONS));
            return false;
        }
        return true;
    }

    private void carryOut(Taken taken) {
        if (taken.ended()) {
            ledger.keepLater(taken.right(), Optional.<PresenceDocument>empty());
        }
        if (taken.transition().passes()) {
            passOn(taken);
        } else {
            taken.passage().settle(taken.told().apply(new Delivered()));
        }
        answer(taken);
        if (taken.event().step() == Step.GRANT && taken.after().phase() == Phase.GRANTED) {
            authorizations.open(taken.right(), clock.instant());
        }
    }

    private void passOn(Taken taken) {
        Event.Authorization event = taken.event();
        if (taken.passage().byOwnUser() && event.step() == Step.REFUSE && taken.ended()) {
            deliveries.hand(taken.target(), offline(taken.right()));
        }
        deliveries.hand(taken.target(), event).thenAccept(outcome -> {
            if (event.step() == Step.ASK
                    && outcome instanceof Failed
                    && taken.before().phase() == Phase.NONE) {
                lanes.enter(taken.passage().pair(), () -> takeBack(taken));
            }
            taken.passage().settle(taken.told().apply(outcome));
        });
    }

    /** A question that never arrived was not asked: the next one must not be taken for its repetition. */
    private CompletionStage<?> takeBack(Taken taken) {
        if (!authorizations.of(taken.right()).equals(taken.after())) {
            return DONE;
        }
        return ledger.keep(taken.right(), taken.before()).handle((kept, failure) -> {
            authorizations.put(taken.right(), taken.before());
            return null;
        });
    }

    private void answer(Taken taken) {
        String asker = taken.passage().origin().link();
        switch (taken.transition().answer()) {
            case NOTHING -> {}
            case GRANT -> {
                deliveries.hand(asker, answer(taken.event(), Step.GRANT));
                show(taken.right(), asker);
                if (taken.before().phase() != Phase.GRANTED) {
                    authorizations.open(taken.right(), clock.instant());
                    deliveries.hand(
                            taken.target(),
                            new Event.Watch(
                                    taken.right().watcher(), taken.right().presentity(), true));
                }
            }
            case REFUSE -> {
                if (taken.ended()) {
                    deliveries.hand(asker, offline(taken.right()));
                }
                deliveries.hand(asker, answer(taken.event(), Step.REFUSE));
            }
        }
    }

    /** Opens or closes a watch. */
    CompletionStage<?> watch(Passage passage, Event.Watch watch, String target) {
        if (!authorizations.ready()) {
            passage.fail(Reason.LEDGER_FAILED);
            return DONE;
        }
        Right right = new Right(watch.watcher(), watch.presentity());
        Entitlement known = authorizations.of(right);
        if (!watch.open()) {
            authorizations.close(right);
            if (known.phase() == Phase.GRANTED) {
                deliveries.hand(target, watch).thenAccept(passage::settle);
            } else {
                passage.settle(new Delivered());
            }
            return DONE;
        }
        return switch (known.phase()) {
            case GRANTED -> open(passage, watch, target);
            case REQUESTED -> wait(passage, watch, known, target);
            case NONE -> passage.byOwnUser() ? ask(passage, watch, target) : refuse(passage, watch);
        };
    }

    private CompletionStage<?> open(Passage passage, Event.Watch watch, String target) {
        Right right = new Right(watch.watcher(), watch.presentity());
        Instant now = clock.instant();
        Optional<Instant> before = authorizations.opened(right);
        boolean shown = authorizations.presence(right).isPresent();
        boolean recently = before.filter(
                        then -> then.plus(settings.get().probePause()).isAfter(now))
                .isPresent();
        if (recently && shown && authorizations.stands(right)) {
            show(right, passage.origin().link());
            passage.settle(new Delivered());
            return DONE;
        }
        if (before.isEmpty() && !passage.byOwnUser()) {
            Optional<Limit> reached = watchLimit(right);
            if (reached.isPresent()) {
                passage.refuse(brakes.counted(reached.get()));
                return DONE;
            }
        }
        Authorizations.Attempt attempt = authorizations.attempt(right, now);
        show(right, passage.origin().link());
        deliveries.hand(target, watch).thenAccept(outcome -> {
            if (outcome instanceof Failed) {
                attempt.failed(); // whoever brought it hears that it failed, and will not end it
                passage.settle(outcome);
            } else {
                attempt.succeeded();
                passage.settle(new Delivered());
            }
        });
        return DONE;
    }

    /** Watches of contacts cost the home something, so their number is limited (interworking 6.4.6). */
    private Optional<Limit> watchLimit(Right right) {
        if (authorizations.watchesBy(right.watcher().domain()) >= settings.get().watchesPerPartner()) {
            return Optional.of(Limit.PARTNER_WATCHES);
        }
        return authorizations.watchesOn(right.presentity()) >= settings.get().watchesPerUser()
                ? Optional.of(Limit.USER_WATCHES)
                : Optional.empty();
    }

    /** Nobody is asked twice within a day; a contact's watch waits in silence, since any answer would end its request. */
    private CompletionStage<?> wait(Passage passage, Event.Watch watch, Entitlement known, String target) {
        Instant due = known.asked().plus(settings.get().requestPause());
        if (passage.byOwnUser() && !clock.instant().isBefore(due)) {
            return ask(passage, watch, target);
        }
        passage.settle(new HandedOver());
        return DONE;
    }

    /** An own user's network has no word for asking: to watch is to ask. */
    private CompletionStage<?> ask(Passage passage, Event.Watch watch, String target) {
        Event.Authorization ask = new Event.Authorization(watch.watcher(), watch.presentity(), Step.ASK, "");
        return take(passage, ask, target, outcome -> outcome instanceof Failed ? outcome : new HandedOver());
    }

    private CompletionStage<?> refuse(Passage passage, Event.Watch watch) {
        passage.refuse(
                Reason.NOT_AUTHORIZED, Rule.CONSENT, watch.presentity() + " has not let the sender see its presence");
        deliveries.hand(
                passage.origin().link(), new Event.Authorization(watch.presentity(), watch.watcher(), Step.REFUSE, ""));
        return DONE;
    }

    /** Takes presence to whoever may see it. */
    void presence(Passage passage, Event.Presence presence, String target, boolean withNotes) {
        Right right = new Right(presence.watcher(), presence.document().presentity());
        if (!authorizations.ready()) {
            passage.fail(Reason.LEDGER_FAILED);
        } else if (authorizations.of(right).phase() != Phase.GRANTED) {
            passage.fail(Reason.NOT_AUTHORIZED);
        } else {
            PresenceDocument document =
                    withNotes ? presence.document() : presence.document().withoutNotes();
            if (authorizations.show(right, document)) {
                ledger.keepLater(right, Optional.of(document));
            }
            deliveries
                    .hand(target, new Event.Presence(presence.watcher(), document))
                    .thenAccept(passage::settle);
        }
    }

    /** Tells an asker whose question is still open that it did not arrive yet; it stays asked (interworking 6.4.3). */
    void unreachable(Passage passage, Event.Unreachable event, String target) {
        Right right = new Right(event.asker(), event.asked());
        if (!authorizations.ready()) {
            passage.fail(Reason.LEDGER_FAILED);
        } else if (authorizations.of(right).phase() == Phase.REQUESTED) {
            deliveries.hand(target, event).thenAccept(passage::settle);
        } else {
            passage.settle(new HandedOver()); // a watch that is tried again for one who has the right is no question
        }
    }

    /**
     * Forgets what nobody needs: rights that nobody has, and whose refusal is long past.
     *
     * @param own the own domains
     */
    void sweep(Set<DomainName> own) {
        Duration kept = settings.get().refusalPause();
        for (Right right : authorizations.forgettable(kept, clock.instant())) {
            Pair.of(right, own)
                    .ifPresent(pair -> lanes.enter(pair, () -> {
                        if (authorizations.of(right).forgettable(kept, clock.instant())) {
                            authorizations.put(right, Entitlement.NONE);
                            ledger.keepLater(right, Entitlement.NONE);
                        }
                        return DONE;
                    }));
        }
    }

    private void show(Right right, String link) {
        authorizations
                .presence(right)
                .ifPresent(document -> deliveries.hand(link, new Event.Presence(right.watcher(), document)));
    }

    private static Right rightOf(Event.Authorization event) {
        return switch (event.step()) {
            case ASK, GIVE_UP -> new Right(event.from(), event.to());
            case GRANT, REFUSE -> new Right(event.to(), event.from());
        };
    }

    private static Event.Authorization answer(Event.Authorization event, Step step) {
        return new Event.Authorization(event.to(), event.from(), step, "");
    }

    private static Event.Presence offline(Right right) {
        return new Event.Presence(right.watcher(), PresenceDocument.offline(right.presentity()));
    }

    /**
     * A step that the ledger has.
     *
     * @param passage what brought it
     * @param event the step
     * @param target the link of the other side
     * @param right what it is about
     * @param before where that stood
     * @param after where it stands
     * @param transition what the step does
     * @param told how the outcome of the step reads for whoever brought it
     */
    private record Taken(
            Passage passage,
            Event.Authorization event,
            String target,
            Right right,
            Entitlement before,
            Entitlement after,
            Transition transition,
            UnaryOperator<DeliveryOutcome> told) {
        boolean ended() {
            return before.phase() == Phase.GRANTED && after.phase() == Phase.NONE;
        }
    }
}
