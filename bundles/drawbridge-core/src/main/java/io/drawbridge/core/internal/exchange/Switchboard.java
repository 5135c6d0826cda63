// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.partner.PartnerType;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.authorization.Authorizations;
import io.drawbridge.core.internal.authorization.Phase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every link brings what came from its side. Policy decides, consent and limits have their say, and the link that
 * the verdict's route names gets what may pass; steps of authorizations and watches go through {@link Subscriptions}.
 */
final class Switchboard implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Policy policy;
    private final XmppPartners partners;
    private final Authorizations authorizations;
    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Brakes brakes;
    private final InstantSource clock;
    private final Consumer<Passage> listener;
    private volatile boolean closed;

    /**
     * Connects the parts.
     *
     * @param listener hears of each passage that has its outcome
     */
    Switchboard(
            Policy policy,
            XmppPartners partners,
            Authorizations authorizations,
            Subscriptions subscriptions,
            Deliveries deliveries,
            Lanes lanes,
            Brakes brakes,
            InstantSource clock,
            Consumer<Passage> listener) {
        this.policy = policy;
        this.partners = partners;
        this.authorizations = authorizations;
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.brakes = brakes;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public CompletionStage<DeliveryOutcome> accept(Event event, Origin origin) {
        Passage passage = new Passage(event, origin, clock.instant());
        CompletionStage<DeliveryOutcome> outcome =
                passage.outcome().whenComplete((done, none) -> listener.accept(passage));
        if (closed) {
            passage.fail(Reason.SHUTTING_DOWN);
        } else if (!lanes.enter(passage.pair(), () -> guarded(passage))) {
            passage.fail(Reason.OVERLOADED);
        }
        return outcome;
    }

    /** Takes nothing new from now on. */
    void close() {
        closed = true;
    }

    private CompletionStage<?> guarded(Passage passage) {
        try {
            return pass(passage);
        } catch (RuntimeException bug) {
            LOG.error("An event could not be handled", bug);
            passage.fail(Reason.INTERNAL);
            return DONE;
        }
    }

    private CompletionStage<?> pass(Passage passage) {
        Verdict verdict = policy.decide(passage.envelope());
        passage.judged(verdict);
        Optional<String> target = verdict.route().flatMap(Switchboard::link);
        if (target.isEmpty()) {
            passage.fail(verdict.allowed() ? Reason.NO_LINK : verdict.reason());
            return DONE;
        }
        if (!passage.byOwnUser() && !mayComeIn(passage)) {
            return DONE;
        }
        subscriptions.notice(passage);
        return carry(passage, target.get());
    }

    static Optional<String> link(Route route) {
        if (route instanceof Route.Home) {
            return Optional.of(Passage.HOME);
        }
        return route instanceof Route.Link link ? Optional.of(link.link()) : Optional.empty();
    }

    private CompletionStage<?> carry(Passage passage, String target) {
        Event event = passage.event();
        if (event instanceof Event.Authorization step) {
            return subscriptions.step(passage, step, target);
        }
        if (event instanceof Event.Watch watch) {
            return subscriptions.watch(passage, watch, target);
        }
        if (event instanceof Event.Presence presence) {
            subscriptions.presence(passage, presence, target, seesNotes(passage));
        } else if (event instanceof Event.Unreachable unreachable) {
            subscriptions.unreachable(passage, unreachable, target);
        } else {
            deliveries.hand(target, event).thenAccept(passage::settle);
        }
        return DONE;
    }

    /** Asks what only the exchange knows of something from outside: consent and limits. */
    private boolean mayComeIn(Passage passage) {
        if (comesUnasked(passage)) {
            if (!authorizations.ready()) {
                passage.fail(Reason.LEDGER_FAILED);
                return false;
            }
            if (authorizations.of(passage.pair().ofOwnUser()).phase() == Phase.NONE) {
                passage.refuse(
                        Reason.UNSOLICITED,
                        Rule.CONSENT,
                        passage.pair().own() + " has not added the sender, who does not count as verified");
                return false;
            }
        }
        Optional<Brakes.Limit> broken = count(passage);
        broken.ifPresent(passage::refuse);
        return broken.isEmpty();
    }

    private boolean comesUnasked(Passage passage) {
        Event event = passage.event();
        boolean opens = event instanceof Event.Said
                || event instanceof Event.Typing
                || (event instanceof Event.Authorization step && step.step() == Event.Step.ASK);
        return opens && !passage.verdict().map(Verdict::verified).orElse(false);
    }

    private Optional<Brakes.Limit> count(Passage passage) {
        Event event = passage.event();
        Instant now = passage.arrived();
        Principal sender = passage.pair().contact();
        if (event instanceof Event.Said) {
            return brakes.message(sender, passage.pair().own(), areStrangers(passage.pair()), now);
        }
        return event instanceof Event.Authorization step && step.step() == Event.Step.ASK
                ? brakes.request(sender, now)
                : brakes.signal(sender, now);
    }

    private boolean areStrangers(Pair pair) {
        return authorizations.of(pair.ofContact()).phase() == Phase.NONE
                && authorizations.of(pair.ofOwnUser()).phase() == Phase.NONE;
    }

    private boolean seesNotes(Passage passage) {
        return !passage.byOwnUser()
                || partner(passage)
                        .map(XmppPartner::type)
                        .filter(PartnerType::seesNotes)
                        .isPresent();
    }

    private Optional<XmppPartner> partner(Passage passage) {
        return partners.of(passage.pair().contact().domain());
    }
}
