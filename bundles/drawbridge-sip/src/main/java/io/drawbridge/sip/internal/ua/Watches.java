// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.sip.internal.map.LyncPresence;
import io.drawbridge.sip.internal.map.PidfReader;
import io.drawbridge.sip.internal.map.Unmappable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of people outside over users of the home (interworking 6.4.3). The lasting right is remembered elsewhere;
 * here are the dialogs only. Owned by the user agent's thread.
 */
final class Watches {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
    private final Environment environment;
    private final HomeAddresses addresses;
    private final Outgoing outgoing;
    private final WatcherNotifier watchers;
    private final Map<Pair, WatchDialog> byPair = new HashMap<>();
    private final Map<String, WatchDialog> byTag = new HashMap<>();

    Watches(Environment environment, HomeAddresses addresses, Outgoing outgoing, WatcherNotifier watchers) {
        this.environment = environment;
        this.addresses = addresses;
        this.outgoing = outgoing;
        this.watchers = watchers;
    }

    Environment environment() {
        return environment;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** Returns how many watches there are. */
    int size() {
        return byPair.size();
    }

    /** Somebody outside wants to see the presence of a user of the home. */
    void open(Delivery delivery) {
        Pair pair = Pair.ofInbound(delivery.event());
        if (!byPair.containsKey(pair)
                && byPair.size() >= environment.settings().get().maxDialogs()) {
            delivery.done(Outcomes.of(Reason.OVERLOADED));
            return;
        }
        byPair.computeIfAbsent(pair, any -> new WatchDialog(this, pair)).want(delivery);
    }

    /** Somebody outside no longer wants to see it. */
    void close(Delivery delivery) {
        WatchDialog watch = byPair.get(Pair.ofInbound(delivery.event()));
        if (watch == null) {
            delivery.done(new DeliveryOutcome.Delivered());
        } else {
            watch.stop(delivery);
        }
    }

    /** A user of the home added somebody outside, which answers what that one may have asked. */
    void consented(Pair pair) {
        WatchDialog watch = byPair.get(pair);
        if (watch != null && environment.settings().get().addingIsConsent()) {
            watch.consented();
        }
    }

    /** Returns what shows a watch to whom it concerns. */
    WatcherRecord record(Pair pair) {
        return new WatcherRecord(this, pair, watcher -> watchers.changed(pair.inside(), watcher));
    }

    /** Takes a NOTIFY. */
    void notified(Incoming incoming) throws RequestRefused {
        WatchDialog watch =
                incoming.request().hasToTag() ? byTag.get(incoming.request().getToTag()) : null;
        if (watch == null) {
            throw new RequestRefused(481);
        }
        watch.notified(incoming);
    }

    /** Reads the document a NOTIFY carries; one that is not sound is ignored as a whole (interworking 6.4.7). */
    Optional<PresenceDocument> document(Incoming incoming, Pair pair) {
        byte[] body = incoming.text().body();
        if (body.length == 0) {
            return Optional.empty();
        }
        String type = incoming.header("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        try {
            return Optional.of(
                    type.equals(PidfReader.MEDIA_TYPE)
                            ? PidfReader.read(body, pair.inside())
                            : LyncPresence.read(type, body, pair.inside()));
        } catch (Unmappable unsound) {
            LOG.info("{}: a presence document was ignored: {}", incoming.peer(), unsound.getMessage());
            return Optional.empty();
        }
    }

    String address(Pair pair) {
        return addresses.uri(pair.inside());
    }

    void accept(Event event) {
        environment.accept(event, Environment.LINK, ignored -> {});
    }

    void remember(Dialog dialog, WatchDialog watch) {
        byTag.put(dialog.tag(), watch);
    }

    void forget(Dialog dialog) {
        byTag.remove(dialog.tag());
    }

    void ended(WatchDialog watch) {
        byPair.remove(watch.pair(), watch);
    }
}
