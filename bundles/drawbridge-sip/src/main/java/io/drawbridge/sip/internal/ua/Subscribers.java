// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Principal;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The notifier's side of SUBSCRIBE for every event package: which subscriptions there are, how many and for how long
 * (RFC 6665 section 4.2.1). Owned by the user agent's thread.
 */
final class Subscribers {
    private static final int DEFAULT_EXPIRES = 3600;
    private static final int AN_HOUR = 3600;

    /** How long a poll waits for the present state. */
    private static final int POLL_SECONDS = 2;

    private final Environment environment;
    private final HomeAddresses addresses;
    private final Outgoing outgoing;
    private final Map<String, EventPackage> packages = new LinkedHashMap<>();
    private final Map<String, Subscription> byTag = new HashMap<>();
    private final Map<Principal, Integer> byWatcher = new HashMap<>();

    Subscribers(Environment environment, HomeAddresses addresses, Outgoing outgoing, EventPackage... offered) {
        this.environment = environment;
        this.addresses = addresses;
        this.outgoing = outgoing;
        for (EventPackage each : offered) {
            packages.put(each.name(), each);
        }
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

    /** Returns what can be subscribed to, as Allow-Events says it. */
    String offered() {
        return String.join(", ", packages.keySet());
    }

    /** Takes a SUBSCRIBE. */
    void subscribe(Incoming incoming) throws RequestRefused {
        incoming.require(Set.of());
        EventPackage wanted =
                packages.get(incoming.header("Event").split(";", 2)[0].strip());
        if (wanted == null) {
            throw new RequestRefused(489).with("Allow-Events", offered());
        }
        String type = type(wanted, incoming.tokens("Accept"));
        int seconds = seconds(incoming);
        boolean known = incoming.request().hasToTag();
        Subscription subscription = known ? known(incoming) : create(incoming, wanted, type, seconds == 0);
        accept(incoming, subscription, seconds);
        if (seconds == 0 && known) {
            subscription.expired();
        } else {
            subscription.refreshed(seconds == 0 ? POLL_SECONDS : seconds, incoming.peer());
        }
    }

    private static String type(EventPackage wanted, List<String> accept) throws RequestRefused {
        List<String> accepted =
                accept.stream().map(value -> value.split(";", 2)[0].strip()).toList();
        Optional<String> best =
                wanted.types().stream().filter(accepted::contains).findFirst();
        if (best.isPresent()) {
            return best.get();
        }
        if (accepted.isEmpty() || accepted.contains("*/*") || accepted.contains("application/*")) {
            return wanted.defaultType();
        }
        throw new RequestRefused(406).with("Accept", String.join(", ", wanted.types()));
    }

    /** RFC 6665 section 4.2.1.1: an interval is too brief only if it is below an hour, and zero asks for the state once. */
    private int seconds(Incoming incoming) throws RequestRefused {
        int asked = incoming.request().getExpires() == null
                ? DEFAULT_EXPIRES
                : incoming.request().getExpires().getExpires();
        int least = environment.settings().get().minSubscriptionSeconds();
        if (asked > 0 && asked < AN_HOUR && asked < least) {
            throw new RequestRefused(423).with("Min-Expires", Integer.toString(least));
        }
        return Math.min(asked, environment.settings().get().maxSubscriptionSeconds());
    }

    private void accept(Incoming incoming, Subscription subscription, int seconds) {
        SIPResponse response = incoming.transaction().response(SIPResponse.OK);
        response.addHeader(SipParser.header("Expires", Integer.toString(seconds)));
        String tag = subscription.dialog().tag();
        String contact = OutgoingRequest.contactOf(tag, incoming.transaction().flow());
        response.addHeader(SipParser.header("Contact", contact));
        if (!incoming.request().hasToTag()) {
            response.setToTag(tag);
        }
        incoming.transaction().respond(response);
    }

    private Subscription known(Incoming incoming) throws RequestRefused {
        Subscription subscription = byTag.get(incoming.request().getToTag());
        if (subscription == null) {
            throw new RequestRefused(481);
        }
        subscription.dialog().received(incoming);
        return subscription;
    }

    private Subscription create(Incoming incoming, EventPackage wanted, String type, boolean poll)
            throws RequestRefused {
        Principal watcher = incoming.sender().principal();
        addresses.seen(incoming.sender(), incoming.senderUri());
        if (byTag.size() >= environment.settings().get().maxDialogs()) {
            throw new RequestRefused(503).with("Retry-After", "60");
        }
        if (byWatcher.getOrDefault(watcher, 0) >= environment.settings().get().maxSubscriptionsPerWatcher()) {
            throw new RequestRefused(403, "Too Many Subscriptions");
        }
        Dialog dialog = Dialog.accepting(incoming, outgoing.token());
        Report report = wanted.report(incoming, type);
        Subscription subscription = new Subscription(this, watcher, dialog, incoming.header("Event"), poll, report);
        byTag.put(dialog.tag(), subscription);
        byWatcher.merge(watcher, 1, Integer::sum);
        return subscription;
    }

    /** A subscription is over. */
    void forget(Subscription subscription) {
        byTag.remove(subscription.dialog().tag());
        byWatcher.computeIfPresent(subscription.watcher(), (watcher, number) -> number == 1 ? null : number - 1);
    }

    /** Lets everybody subscribe again elsewhere, or here later. */
    void stop() {
        List.copyOf(byTag.values()).forEach(subscription -> subscription.end(SubscriptionState.DEACTIVATED, ""));
    }
}
