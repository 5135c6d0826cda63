// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.XMPP;
import static io.drawbridge.core.internal.Configured.contoso;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.link.Inbox.Origin;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Trust;
import io.drawbridge.core.internal.Configured;
import io.drawbridge.core.internal.authorization.Authorizations;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import io.drawbridge.core.internal.ledger.Consent;
import io.drawbridge.core.internal.ledger.Ledger;
import io.drawbridge.core.internal.ledger.LedgerFailure;
import io.drawbridge.core.internal.policy.PartnersInForce;
import io.drawbridge.core.internal.policy.PolicyInForce;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The exchange of contoso, with the partner chat.example, its two links under the test's hand, a clock that stands still
 * until told, and everything on the test's own thread.
 */
final class Wired {
    static final Principal BOB = person("bob@contoso.example");
    static final Principal ALICE = person("alice@chat.example");
    static final Right BOB_SEES_ALICE = new Right(BOB, ALICE);
    static final Right ALICE_SEES_BOB = new Right(ALICE, BOB);

    final Held sip = new Held();
    final Held xmpp = new Held();
    final List<Crossing> crossings = new ArrayList<>();
    final Authorizations authorizations;
    final Notebook ledger = new Notebook();
    final PolicyInForce policy = new PolicyInForce();
    final Lanes lanes = new Lanes();
    final Deliveries deliveries;
    final Brakes brakes;
    final Subscriptions subscriptions;
    final WatchRebuild rebuild;
    final Switchboard switchboard;
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private ExchangeSettings settings;

    Wired(String partnerType, String... exchange) {
        this(new Authorizations(), partnerType, exchange);
        authorizations.load(Map.of(), Map.of());
    }

    /** An exchange whose ledger has not been read. */
    static Wired unread(String partnerType) {
        return new Wired(new Authorizations(), partnerType);
    }

    private Wired(Authorizations authorizations, String partnerType, String... exchange) {
        this.authorizations = authorizations;
        InstantSource clock = () -> now;
        policy.replace(configured(partnerType).snapshot());
        configure(exchange);
        deliveries = new Deliveries(clock, () -> settings.mostUnderWay());
        brakes = new Brakes(() -> settings);
        subscriptions = new Subscriptions(
                authorizations, ledger, deliveries, lanes, brakes, () -> settings, clock, Runnable::run);
        rebuild = new WatchRebuild(policy, authorizations, deliveries, lanes, () -> settings, clock, new Random(1));
        switchboard = new Switchboard(
                policy,
                new PartnersInForce(policy),
                authorizations,
                subscriptions,
                deliveries,
                lanes,
                brakes,
                clock,
                new CrossingReport(clock, List.of(crossings::add)));
        deliveries.add("sip", sip);
        deliveries.add("xmpp", xmpp);
    }

    /** A partner whose users may come unasked. */
    static Wired federated(String... exchange) {
        return new Wired("Federated", exchange);
    }

    private static Configured configured(String partnerType) {
        return contoso()
                .set(ACCESS + "global", "enableFederationAccess", "true", "enableXmppAccess", "true")
                .set(XMPP + "chat.example", "partnerType", partnerType);
    }

    void configure(String... exchange) {
        try {
            settings = ExchangeSettings.of(
                    Settings.read(ExchangeConfig.class, ExchangeConfig.PID, Configured.properties(exchange))
                            .value());
        } catch (InvalidSetting wrong) {
            throw new AssertionError(wrong);
        }
    }

    static Principal person(String address) {
        int at = address.indexOf('@');
        return Principal.of(address.substring(0, at), DomainName.of(address.substring(at + 1)));
    }

    /** Brings an event as the link of whoever sends it would. */
    CompletableFuture<DeliveryOutcome> bring(Event event) {
        boolean own = event.sender().principal().domain().equals(BOB.domain());
        Origin origin = own
                ? new Origin("sip", "home.contoso.example", Trust.STRONG)
                : new Origin("xmpp", event.sender().principal().domain().value(), Trust.STRONG);
        return switchboard.accept(event, origin).toCompletableFuture();
    }

    static PresenceDocument busy(Principal somebody) {
        return new PresenceDocument(somebody, List.of(InstancePresence.of("phone", Availability.BUSY)));
    }

    CompletableFuture<DeliveryOutcome> says(Principal from, Principal to, String text) {
        return bring(said(from, to, text));
    }

    static Event.Said said(Principal from, Principal to, String text) {
        return new Event.Said(Instance.anyOf(from), Instance.anyOf(to), Message.chat(text, "c", text));
    }

    CompletableFuture<DeliveryOutcome> takes(Principal from, Principal to, Step step) {
        return bring(step(from, to, step));
    }

    static Event.Authorization step(Principal from, Principal to, Step step) {
        return new Event.Authorization(from, to, step, "");
    }

    CompletableFuture<DeliveryOutcome> watches(Principal watcher, Principal presentity, boolean open) {
        return bring(new Event.Watch(watcher, presentity, open));
    }

    CompletableFuture<DeliveryOutcome> shows(Principal watcher, PresenceDocument document) {
        return bring(new Event.Presence(watcher, document));
    }

    void stands(Right right, Phase phase) {
        authorizations.put(right, new Entitlement(phase, false, now, Instant.EPOCH, now));
    }

    void later(Duration time) {
        now = now.plus(time);
        deliveries.expire();
    }

    /** A link that keeps what it gets, and answers at once unless told to hold back. */
    static final class Held implements Link {
        final List<Event> got = new ArrayList<>();
        final List<CompletableFuture<DeliveryOutcome>> open = new ArrayList<>();
        Function<Event, CompletableFuture<DeliveryOutcome>> answers =
                event -> CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());

        @Override
        public CompletionStage<DeliveryOutcome> deliver(Event event) {
            got.add(event);
            return answers.apply(event);
        }

        /** Answers nothing until the test does. */
        void holdBack() {
            answers = event -> {
                CompletableFuture<DeliveryOutcome> later = new CompletableFuture<>();
                open.add(later);
                return later;
            };
        }

        void answerAll(DeliveryOutcome outcome) {
            answers = event -> CompletableFuture.completedFuture(outcome);
        }

        /** Returns what came since the last time. */
        List<Event> news() {
            List<Event> news = List.copyOf(got);
            got.clear();
            return news;
        }
    }

    /** A ledger whose disk the test is. */
    static final class Notebook implements Ledger {
        final Map<Right, Entitlement> rights = new HashMap<>();
        final Map<Right, PresenceDocument> shown = new HashMap<>();
        final List<Runnable> held = new ArrayList<>();
        boolean slow;
        boolean broken;

        @Override
        public CompletionStage<Void> keep(Right right, Entitlement entitlement) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Runnable write = () -> {
                if (broken) {
                    done.completeExceptionally(new LedgerFailure("disk full", null));
                } else {
                    rights.put(right, entitlement);
                    done.complete(null);
                }
            };
            if (slow) {
                held.add(write);
            } else {
                write.run();
            }
            return done;
        }

        @Override
        public void keepLater(Right right, Entitlement entitlement) {
            rights.put(right, entitlement);
        }

        @Override
        public void keepLater(Right right, Optional<PresenceDocument> document) {
            document.ifPresentOrElse(there -> shown.put(right, there), () -> shown.remove(right));
        }

        @Override
        public void keepLater(String alias, Instance instance) {
            throw new AssertionError("the exchange knows no aliases");
        }

        @Override
        public CompletionStage<Void> keep(Consent consent) {
            throw new AssertionError("the exchange knows no consents");
        }

        @Override
        public CompletionStage<Void> forgetConsents(Address user) {
            throw new AssertionError("the exchange knows no consents");
        }

        @Override
        public void keepLater(Question question) {
            throw new AssertionError("the exchange knows no questions");
        }

        @Override
        public void forgetLater(Question question) {
            throw new AssertionError("the exchange knows no questions");
        }

        @Override
        public void onOpened(Consumer<Content> listener) {
            listener.accept(new Content(Map.of(), Map.of(), Map.of(), Set.of(), List.of()));
        }
    }
}
