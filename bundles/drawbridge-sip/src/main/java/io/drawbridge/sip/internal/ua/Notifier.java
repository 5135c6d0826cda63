// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.sip.internal.map.LyncPresence;
import io.drawbridge.sip.internal.map.LyncPresenceWriter;
import io.drawbridge.sip.internal.map.PidfReader;
import io.drawbridge.sip.internal.map.PidfWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells users of the home of the presence of people outside: RFC 3856, with the rules of RFC 8048 section 5
 * (interworking 6.4.4). Who may see what is not decided here: that comes with the outcome of a watch and by events.
 */
final class Notifier implements EventPackage {
    static final String PACKAGE = "presence";

    /** How long the first NOTIFY waits for what is known already, instead of saying pending in between. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Environment environment;
    private final Watches watches;
    private final Map<Pair, Sight> sights = new HashMap<>();

    /** Tells {@code watches} whom the home's users want to see themselves. */
    Notifier(Environment environment, Watches watches) {
        this.environment = environment;
        this.watches = watches;
    }

    @Override
    public String name() {
        return PACKAGE;
    }

    /** A server that asks for more than one gets what Lync's would choose (interworking 3.9); the oldest only alone. */
    @Override
    public List<String> types() {
        return List.of(LyncPresence.CATEGORIES, LyncPresence.MSRTC_PIDF, PidfReader.MEDIA_TYPE, LyncPresence.XPIDF);
    }

    @Override
    public String defaultType() {
        return PidfReader.MEDIA_TYPE;
    }

    @Override
    public Report report(Incoming subscribe, String type) throws RequestRefused {
        Pair pair =
                new Pair(subscribe.recipient().principal(), subscribe.sender().principal());
        watches.consented(pair);
        return new Look(pair, sights.computeIfAbsent(pair, any -> new Sight()), type);
    }

    /** Opens the watch, or asks again how it stands. */
    private void watch(Pair pair, Sight sight, String peer) {
        environment.timers().after(GRACE, () -> {
            sight.known = true;
            changed(sight);
        });
        environment.accept(new Event.Watch(pair.inside(), pair.outside(), true), peer, outcome -> {
            SubscriptionState state = SubscriptionState.of(outcome);
            // Who may look by now asked again meanwhile, or was told so: that an earlier attempt failed ends nothing.
            boolean overtaken = state.isTerminated() && sight.opened;
            if (sights.get(pair) == sight && !overtaken) {
                answered(sight, state);
            }
        });
    }

    /** Whoever decides says how it stands; what is shown meanwhile may be but remembered. */
    private static void answered(Sight sight, SubscriptionState state) {
        sight.opened |= state == SubscriptionState.ACTIVE;
        stands(sight, state);
    }

    private static void stands(Sight sight, SubscriptionState state) {
        sight.known = true;
        if (state.isTerminated()) {
            sight.state = state;
            sight.opened = false;
            List.copyOf(sight.subscriptions).forEach(subscription -> subscription.end(state, ""));
        } else if (sight.state != SubscriptionState.ACTIVE || state == SubscriptionState.ACTIVE) {
            sight.state = state;
            changed(sight);
        }
    }

    private static void changed(Sight sight) {
        List.copyOf(sight.subscriptions).forEach(Subscription::changed);
    }

    /** Takes the answer of somebody outside to the wish of a user of the home. */
    void authorized(Delivery delivery, Event.Authorization step) {
        Sight sight = sights.get(Pair.ofInbound(step));
        if (sight != null) {
            boolean granted = step.step() == Event.Step.GRANT;
            answered(sight, granted ? SubscriptionState.ACTIVE : SubscriptionState.REJECTED);
        }
        delivery.done(new DeliveryOutcome.HandedOver());
    }

    /** Takes the present state of somebody outside. */
    void presence(Delivery delivery, Event.Presence presence) {
        Sight sight = sights.get(Pair.ofInbound(presence));
        if (sight == null) {
            delivery.done(DeliveryOutcome.failed(Condition.UNEXPECTED_REQUEST, Reason.NOT_AUTHORIZED));
            return;
        }
        sight.document = presence.document();
        stands(sight, SubscriptionState.ACTIVE);
        delivery.done(new DeliveryOutcome.HandedOver());
    }

    /** What one user of the home knows of one person outside, as long as it looks. */
    private static final class Sight {
        private final Set<Subscription> subscriptions = new HashSet<>(2);
        private SubscriptionState state = SubscriptionState.PENDING;
        private PresenceDocument document;
        private boolean known;
        private boolean opened;

        boolean isVisible() {
            return state == SubscriptionState.ACTIVE && document != null;
        }
    }

    /** What one subscription shows of a sight; empty while there is nothing meaningful (RFC 8048 section 5.2.2). */
    private final class Look implements Report {
        private final Pair pair;
        private final Sight sight;
        private final String type;
        private PresenceDocument told;
        private long version;

        Look(Pair pair, Sight sight, String type) {
            this.pair = pair;
            this.sight = sight;
            this.type = type;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public void accepted(Subscription subscription, String peer) {
            sight.subscriptions.add(subscription);
            if (sight.opened) {
                subscription.changed();
            } else {
                watch(pair, sight, peer);
            }
        }

        @Override
        public boolean isReady() {
            return sight.known;
        }

        @Override
        public SubscriptionState state() {
            return sight.state;
        }

        @Override
        public boolean isNews() {
            return sight.isVisible() && !sight.document.equals(told);
        }

        @Override
        public String write(boolean whole) {
            if (!sight.isVisible()) {
                return "";
            }
            told = sight.document;
            return written(told);
        }

        private String written(PresenceDocument document) {
            if (type.equals(PidfReader.MEDIA_TYPE)) {
                return PidfWriter.write(document);
            }
            boolean heldBack = environment.settings().get().doNotDisturbInLync();
            version++;
            return new LyncPresenceWriter(heldBack)
                    .write(type, document, version, environment.clock().instant());
        }

        /** Whoever looked on is told that there is nothing more to be seen (interworking 6.4.4). */
        @Override
        public String farewell() {
            boolean mayLook = sight.state == SubscriptionState.ACTIVE;
            return mayLook ? written(PresenceDocument.offline(pair.outside())) : "";
        }

        /** With the last one of a pair the watch ends; one that was refused or failed has ended before. */
        @Override
        public void ended(Subscription subscription) {
            if (sight.subscriptions.remove(subscription) && sight.subscriptions.isEmpty()) {
                sights.remove(pair, sight);
                if (!sight.state.isTerminated()) {
                    environment.accept(
                            new Event.Watch(pair.inside(), pair.outside(), false), Environment.LINK, ignored -> {});
                }
            }
        }
    }
}
