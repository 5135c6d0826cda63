// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.config.LimitHits;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import io.drawbridge.home.internal.location.LocationTable;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserTable;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The presence agent (RFC 3856): takes publications and subscriptions for the home's users and notifies their watchers.
 * Owned by the home's thread.
 */
public final class PresenceAgent {
    private static final String PACKAGE = "presence";
    private static final int DEFAULT_EXPIRES = 3600;
    private final Supplier<HomeConfig> config;
    private final LimitHits limits;
    private final UserTable users;
    private final Timers timers;
    private final InstantSource clock;
    private final WatcherPolicy policy;
    private final Publications publications;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Map<Address, Set<Subscription>> byUser = new HashMap<>();
    private final Map<Address, Integer> byWatcher = new HashMap<>();
    private LocationTable location;
    private TransactionLayer transactions;

    /** Starts with no publication and no subscription. */
    public PresenceAgent(
            Supplier<HomeConfig> config, LimitHits limits, UserTable users, Timers timers, InstantSource clock) {
        this.config = config;
        this.limits = limits;
        this.users = users;
        this.timers = timers;
        this.clock = clock;
        this.policy = new WatcherPolicy(config);
        this.publications = new Publications(config, limits, timers, this::changed);
    }

    /** Looks up registrations in {@code table} and sends through {@code layer}; called once, before anything else. */
    public void use(LocationTable table, TransactionLayer layer) {
        location = table;
        transactions = layer;
    }

    /** Returns how many subscriptions there are. Thread-safe. */
    public int subscriptions() {
        return subscriptions.size();
    }

    /** Returns how many publications there are. Thread-safe. */
    public int publications() {
        return publications.size();
    }

    /** The presence of a user may have changed, or who may see it. */
    public void changed(Address user) {
        if (users.find(user).isEmpty()) {
            return;
        }
        Set.copyOf(byUser.getOrDefault(user, Set.of())).forEach(Subscription::changed);
    }

    /** A user was removed: nothing of him stays. */
    public void removed(Address user) {
        publications.removeAll(user);
        Set.copyOf(byUser.getOrDefault(user, Set.of())).forEach(Subscription::withdrawn);
    }

    /** The way to some watchers is gone; they subscribe again when they are back. */
    public void closed(SipFlow flow) {
        List.copyOf(subscriptions.values()).stream()
                .filter(subscription -> subscription.flow().id().equals(flow.id()))
                .forEach(Subscription::lost);
    }

    /**
     * Processes a PUBLISH of an authenticated user.
     *
     * @throws RequestRefused if it is not accepted; nothing was changed then
     */
    public void publish(ServerTransaction transaction, Address publisher, User user) throws RequestRefused {
        checkEvent(transaction.request());
        if (!publisher.equals(user.address())) {
            throw new RequestRefused(403);
        }
        publications.publish(transaction, user.address());
    }

    /**
     * Processes a SUBSCRIBE.
     *
     * @throws RequestRefused if it is not accepted; nothing was changed then
     */
    public void subscribe(ServerTransaction transaction, Watcher watcher, User user) throws RequestRefused {
        SIPRequest request = transaction.request();
        checkEvent(request);
        checkAccept(request);
        int asked = request.getExpires() == null
                ? DEFAULT_EXPIRES
                : request.getExpires().getExpires();
        int expires = Math.min(asked, config.get().maxSubscriptionExpires());
        Subscription subscription =
                request.hasToTag() ? known(request, user) : create(transaction, watcher, user, expires);
        SIPResponse response = transaction.response(SIPResponse.OK);
        response.addHeader(SipParser.header("Expires", Integer.toString(expires)));
        response.addHeader(SipParser.header("Contact", "<sip:" + user.address() + ">"));
        if (!request.hasToTag()) {
            response.setToTag(subscription.dialog().localTag());
        }
        transaction.respond(response);
        if (request.getContactHeader() != null && !request.getContactHeader().isWildCard()) {
            subscription.retarget(
                    request.getContactHeader().getAddress().getURI().toString());
        }
        subscription.refreshed(transaction.flow(), expires);
    }

    private Subscription known(SIPRequest request, User user) throws RequestRefused {
        return Optional.ofNullable(subscriptions.get(
                        id(request.getCallId().getCallId(), request.getToTag(), request.getFromTag())))
                .filter(subscription -> subscription.user().equals(user.address()))
                .orElseThrow(() -> new RequestRefused(481));
    }

    private Subscription create(ServerTransaction transaction, Watcher watcher, User user, int expires)
            throws RequestRefused {
        if (expires > 0) {
            checkLimits(watcher);
        }
        Subscription.Dialog dialog = Subscription.Dialog.of(transaction.request(), transactions.token())
                .orElseThrow(() -> new RequestRefused(400, "Missing Contact"));
        Subscription subscription = new Subscription(
                user.address(),
                watcher,
                dialog,
                transaction.flow(),
                transactions,
                timers,
                clock,
                this::document,
                this::ended);
        subscriptions.put(id(subscription), subscription);
        byUser.computeIfAbsent(user.address(), any -> new HashSet<>()).add(subscription);
        byWatcher.merge(watcher.address(), 1, Integer::sum);
        return subscription;
    }

    private void checkLimits(Watcher watcher) throws RequestRefused {
        if (subscriptions.size() >= config.get().maxSubscriptions()) {
            limits.add(Limit.SUBSCRIPTIONS);
            throw new RequestRefused(503).with("Retry-After", "60");
        }
        if (byWatcher.getOrDefault(watcher.address(), 0) >= config.get().maxSubscriptionsPerWatcher()) {
            limits.add(Limit.SUBSCRIPTIONS_PER_WATCHER);
            throw new RequestRefused(403, "Too Many Subscriptions");
        }
    }

    private void ended(Subscription subscription) {
        subscriptions.remove(id(subscription));
        byUser.computeIfPresent(subscription.user(), (user, all) -> {
            all.remove(subscription);
            return all.isEmpty() ? null : all;
        });
        byWatcher.computeIfPresent(subscription.watcher().address(), (watcher, count) -> count == 1 ? null : count - 1);
    }

    private String document(Subscription subscription) {
        Address address = subscription.user();
        boolean allowed = users.find(address)
                .filter(user -> policy.allows(user, subscription.watcher()))
                .isPresent();
        return allowed
                ? Pidf.compose(
                        address, publications.of(address), !location.of(address).isEmpty())
                : Pidf.compose(address, List.of(), false);
    }

    private static void checkEvent(SIPRequest request) throws RequestRefused {
        String event = SipParser.text(request).value("Event").orElse("");
        if (!event.split(";", 2)[0].strip().equals(PACKAGE)) {
            throw new RequestRefused(489).with("Allow-Events", PACKAGE);
        }
    }

    private static void checkAccept(SIPRequest request) throws RequestRefused {
        List<String> accept = SipParser.text(request).lines("Accept");
        boolean fits = accept.isEmpty()
                || accept.stream()
                        .map(line -> line.substring(line.indexOf(':') + 1))
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(type -> type.split(";", 2)[0].strip())
                        .anyMatch(type -> type.equalsIgnoreCase(Pidf.MEDIA_TYPE) || type.equals("*/*"));
        if (!fits) {
            throw new RequestRefused(406).with("Accept", Pidf.MEDIA_TYPE);
        }
    }

    private static String id(Subscription subscription) {
        Subscription.Dialog dialog = subscription.dialog();
        return id(dialog.callId(), dialog.localTag(), dialog.remoteTag());
    }

    private static String id(String callId, String localTag, String remoteTag) {
        return callId + " " + localTag + " " + remoteTag;
    }
}
