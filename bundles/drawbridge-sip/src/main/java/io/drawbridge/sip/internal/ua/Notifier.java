// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.sip.internal.map.PidfReader;
import io.drawbridge.sip.internal.map.PidfWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells users of the home of the presence of people outside: RFC 6665 and RFC 3856, with the rules of RFC 8048 section 5
 * (interworking 6.4.4). Who may see what is not decided here: that comes with the outcome of a watch and by events.
 */
final class Notifier {
    static final String PACKAGE = "presence";
    private static final int DEFAULT_EXPIRES = 3600;

    /** How long the first NOTIFY waits for what is known already, instead of saying pending in between. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** How long a poll waits for the present state. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Environment environment;
    private final HomeAddresses addresses;
    private final Outgoing outgoing;
    private final Map<String, Subscription> byTag = new HashMap<>();
    private final Map<Principal, Integer> byWatcher = new HashMap<>();
    private final Map<Pair, Sight> sights = new HashMap<>();

    Notifier(Environment environment, HomeAddresses addresses, Outgoing outgoing) {
        this.environment = environment;
        this.addresses = addresses;
        this.outgoing = outgoing;
    }

    Environment environment() {
        return environment;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** Returns how many subscriptions there are. */
    int size() {
        return byTag.size();
    }

    /** Takes a SUBSCRIBE. */
    void subscribe(Incoming incoming) throws RequestRefused {
        incoming.require(Set.of());
        String event = incoming.header("Event");
        if (!event.split(";", 2)[0].strip().equals(PACKAGE)) {
            throw new RequestRefused(489).with("Allow-Events", PACKAGE);
        }
        List<String> accept = incoming.tokens("Accept");
        if (!accept.isEmpty() && accept.stream().noneMatch(Notifier::isOffered)) {
            throw new RequestRefused(406).with("Accept", PidfReader.MEDIA_TYPE);
        }
        int asked = incoming.request().getExpires() == null
                ? DEFAULT_EXPIRES
                : incoming.request().getExpires().getExpires();
        int seconds = Math.min(asked, environment.settings().get().maxSubscriptionSeconds());
        Subscription subscription = incoming.request().hasToTag() ? known(incoming) : create(incoming, event, seconds);
        SIPResponse response = incoming.transaction().response(SIPResponse.OK);
        response.addHeader(SipParser.header("Expires", Integer.toString(seconds)));
        String tag = subscription.dialog().tag();
        String contact = OutgoingRequest.contactOf(tag, incoming.transaction().flow());
        response.addHeader(SipParser.header("Contact", contact));
        if (!incoming.request().hasToTag()) {
            response.setToTag(tag);
        }
        incoming.transaction().respond(response);
        accepted(incoming, subscription, seconds);
    }

    private static boolean isOffered(String accepted) {
        String type = accepted.split(";", 2)[0].strip();
        return type.equals(PidfReader.MEDIA_TYPE) || type.equals("*/*") || type.equals("application/*");
    }

    private Subscription known(Incoming incoming) throws RequestRefused {
        Subscription subscription = byTag.get(incoming.request().getToTag());
        if (subscription == null) {
            throw new RequestRefused(481);
        }
        subscription.dialog().received(incoming);
        return subscription;
    }

    private Subscription create(Incoming incoming, String event, int seconds) throws RequestRefused {
        Instance watcher = incoming.sender();
        Instance presentity = incoming.recipient();
        addresses.seen(watcher, incoming.senderUri());
        if (byTag.size() >= environment.settings().get().maxDialogs()) {
            throw new RequestRefused(503).with("Retry-After", "60");
        }
        Pair pair = new Pair(presentity.principal(), watcher.principal());
        Dialog dialog = Dialog.accepting(incoming, outgoing.token());
        int most = environment.settings().get().maxSubscriptionsPerWatcher();
        if (byWatcher.merge(pair.inside(), 1, Integer::sum) > most) {
            release(pair);
            throw new RequestRefused(403, "Too Many Subscriptions");
        }
        Subscription subscription = new Subscription(this, pair, dialog, event, seconds == 0);
        byTag.put(subscription.dialog().tag(), subscription);
        sights.computeIfAbsent(pair, any -> new Sight()).subscriptions.add(subscription);
        return subscription;
    }

    private void release(Pair pair) {
        byWatcher.computeIfPresent(pair.inside(), (watcher, number) -> number == 1 ? null : number - 1);
    }

    private void accepted(Incoming incoming, Subscription subscription, int seconds) {
        Pair pair = subscription.pair();
        Sight sight = sights.get(pair);
        if (seconds == 0 && incoming.request().hasToTag()) {
            expired(subscription);
            return;
        }
        subscription.refreshed(seconds == 0 ? (int) POLL.toSeconds() : seconds);
        if (sight.state == SubscriptionState.ACTIVE && sight.known) {
            subscription.changed();
        } else {
            watch(pair, sight, incoming.peer());
        }
    }

    /** Opens the watch, or asks again how it stands. */
    private void watch(Pair pair, Sight sight, String peer) {
        environment.timers().after(GRACE, () -> {
            sight.known = true;
            changed(sight);
        });
        environment.accept(new Event.Watch(pair.inside(), pair.outside(), true), peer, outcome -> {
            if (sights.get(pair) == sight) {
                stands(sight, SubscriptionState.of(outcome));
            }
        });
    }

    private void stands(Sight sight, SubscriptionState state) {
        sight.known = true;
        if (state.isTerminated()) {
            List.copyOf(sight.subscriptions).forEach(subscription -> subscription.end(state, ""));
        } else if (sight.state != SubscriptionState.ACTIVE || state == SubscriptionState.ACTIVE) {
            sight.state = state;
            changed(sight);
        }
    }

    private static void changed(Sight sight) {
        List.copyOf(sight.subscriptions).forEach(Subscription::changed);
    }

    /**
     * The time of a subscription is over, or its watcher ends it. A poll is told what is known; whoever looked on is told
     * that there is nothing more to be seen (interworking 6.4.4).
     */
    void expired(Subscription subscription) {
        Pair pair = subscription.pair();
        boolean mayLook = state(pair) == SubscriptionState.ACTIVE;
        String closed = mayLook ? PidfWriter.write(PresenceDocument.offline(pair.outside())) : "";
        subscription.end(SubscriptionState.TIMEOUT, subscription.isPoll() ? body(pair) : closed);
    }

    /** A subscription is over; with the last one of a pair the watch ends. */
    void forget(Subscription subscription) {
        byTag.remove(subscription.dialog().tag());
        Pair pair = subscription.pair();
        release(pair);
        Sight sight = sights.get(pair);
        if (sight != null && sight.subscriptions.remove(subscription) && sight.subscriptions.isEmpty()) {
            sights.remove(pair);
            environment.accept(new Event.Watch(pair.inside(), pair.outside(), false), Environment.LINK, ignored -> {});
        }
    }

    SubscriptionState state(Pair pair) {
        Sight sight = sights.get(pair);
        return sight == null ? SubscriptionState.PENDING : sight.state;
    }

    /** Returns whether it is known how the right stands, or the time to find out is over. */
    boolean isKnown(Pair pair) {
        Sight sight = sights.get(pair);
        return sight != null && sight.known;
    }

    /** Returns what the watcher may see; empty while there is nothing meaningful (RFC 8048 section 5.2.2). */
    String body(Pair pair) {
        Sight sight = sights.get(pair);
        boolean visible = sight != null && sight.state == SubscriptionState.ACTIVE && sight.document != null;
        return visible ? PidfWriter.write(sight.document) : "";
    }

    /** Takes the answer of somebody outside to the wish of a user of the home. */
    void authorized(Delivery delivery, Event.Authorization step) {
        Sight sight = sights.get(Pair.ofInbound(step));
        if (sight != null) {
            boolean granted = step.step() == Event.Step.GRANT;
            stands(sight, granted ? SubscriptionState.ACTIVE : SubscriptionState.REJECTED);
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

    /** Lets every watcher subscribe again elsewhere, or here later. */
    void stop() {
        List.copyOf(byTag.values()).forEach(subscription -> subscription.end(SubscriptionState.DEACTIVATED, ""));
    }

    /** What one user of the home knows of one person outside, as long as it looks. */
    private static final class Sight {
        private final Set<Subscription> subscriptions = new HashSet<>(2);
        private SubscriptionState state = SubscriptionState.PENDING;
        private PresenceDocument document;
        private boolean known;
    }
}
