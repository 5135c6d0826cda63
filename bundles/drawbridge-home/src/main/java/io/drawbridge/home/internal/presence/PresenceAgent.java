// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.home.Consents;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.home.Question.Origin;
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
import io.drawbridge.lib.jainsip.WatcherLists;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The presence agent (RFC 3856): takes publications and subscriptions for the home's users and notifies their watchers.
 * Owned by the home's thread.
 */
public final class PresenceAgent {
    /** The event packages served. */
    public static final List<String> PACKAGES = List.of("presence", "presence.winfo");

    private static final String PRESENCE = PACKAGES.get(0);
    private static final int DEFAULT_EXPIRES = 3600;
    private final Supplier<HomeConfig> config;
    private final LimitHits limits;
    private final UserTable users;
    private final Timers timers;
    private final InstantSource clock;
    private final Agreements agreements;
    private final WatcherPolicy policy;
    private final WatcherLists watchers;
    private final Questions questions;
    private final Publications publications;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final Map<Address, Set<Subscription>> byUser = new HashMap<>();
    private final Map<Address, Integer> byWatcher = new HashMap<>();
    private PresenceReport.Sources sources;
    private TransactionLayer transactions;

    /**
     * Starts with no publication and no subscription.
     *
     * @param executor runs work on the home's thread
     */
    public PresenceAgent(
            Supplier<HomeConfig> config,
            LimitHits limits,
            UserTable users,
            Executor executor,
            Timers timers,
            InstantSource clock) {
        this.config = config;
        this.limits = limits;
        this.users = users;
        this.timers = timers;
        this.clock = clock;
        this.agreements = new Agreements(config, limits, users, executor, this::changed);
        this.policy = new WatcherPolicy(config, agreements);
        this.watchers = new WatcherLists(clock);
        this.questions = new Questions(clock);
        this.publications = new Publications(config, limits, timers, this::changed);
    }

    /** Looks up registrations in {@code table} and sends through {@code layer}; called once, before anything else. */
    public void use(LocationTable table, TransactionLayer layer) {
        sources = new PresenceReport.Sources(users, policy, publications, table, new WaitingWatchers(timers, clock));
        transactions = layer;
    }

    /** Asks {@code consents} from now on whom users let see them and who waits; null if nobody can tell. */
    public void use(Consents consents) {
        agreements.use(consents);
        questions.use(consents).forEach(this::restore);
        if (consents != null) {
            users.users().forEach(user -> changed(user.address()));
        }
    }

    private void restore(Question question) {
        WatcherRecord record = record(
                question.user(),
                new Watcher(question.watcher(), question.origin()),
                question.displayName(),
                question.since());
        record.waits();
        sources.waiting().add(question.user(), record, question.since());
    }

    /** Returns who waits for a word of a user. Thread-safe. */
    public List<Question> questions(Address user) {
        return questions.of(user.folded());
    }

    /** A user added somebody as a contact, here or outside. */
    public void added(Address user, Address contact) {
        agreements.added(user, contact);
    }

    /** Returns whether a request of a user adds a contact: it begins to watch their presence. */
    public static boolean isAdding(SIPRequest request) {
        return request.getMethod().equals(SIPRequest.SUBSCRIBE)
                && !request.hasToTag()
                && asked(request) > 0
                && event(request).equals(PRESENCE);
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
        sources.reconsider(user);
    }

    /** A user was removed: nothing of him stays. */
    public void removed(User user) {
        Address address = user.address();
        publications.removeAll(address);
        Set.copyOf(byUser.getOrDefault(address, Set.of())).forEach(Subscription::withdrawn);
        sources.reconsider(address);
        agreements.removed(user);
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
        if (!event(transaction.request()).equals(PRESENCE)) {
            throw new RequestRefused(489).with("Allow-Events", PRESENCE);
        }
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
        int expires = Math.min(asked(request), config.get().maxSubscriptionExpires());
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
        questions.askedAgain(user.address(), watcher);
        if (watcher.origin() == Origin.INSIDE && isAdding(request)) {
            added(watcher.address(), user.address());
        }
    }

    private Subscription known(SIPRequest request, User user) throws RequestRefused {
        return Optional.ofNullable(subscriptions.get(
                        id(request.getCallId().getCallId(), request.getToTag(), request.getFromTag())))
                .filter(subscription -> subscription.user().equals(user.address()))
                .filter(subscription -> eventType(subscription.dialog().event()).equals(event(request)))
                .orElseThrow(() -> new RequestRefused(481));
    }

    private Subscription create(ServerTransaction transaction, Watcher watcher, User user, int expires)
            throws RequestRefused {
        Report report = report(transaction.request(), watcher, user);
        checkAccept(transaction.request(), report.type());
        if (report.handling(null) == Handling.BLOCK) {
            throw new RequestRefused(403);
        }
        if (expires > 0) {
            checkLimits(watcher);
        }
        Subscription.Dialog dialog = Subscription.Dialog.of(transaction.request(), transactions.token())
                .orElseThrow(() -> new RequestRefused(400, "Missing Contact"));
        Subscription subscription = new Subscription(
                user.address(), watcher, dialog, transaction.flow(), transactions, timers, clock, report, this::ended);
        subscriptions.put(id(subscription), subscription);
        byUser.computeIfAbsent(user.address(), any -> new HashSet<>()).add(subscription);
        byWatcher.merge(watcher.address(), 1, Integer::sum);
        report.opened(subscription::changed);
        return subscription;
    }

    private Report report(SIPRequest subscribe, Watcher watcher, User user) throws RequestRefused {
        String resource = "sip:" + user.address();
        return switch (event(subscribe)) {
            case "presence" ->
                new PresenceReport(
                        user.address(),
                        record(user.address(), watcher, displayName(subscribe), clock.instant()),
                        sources);
            case "presence.winfo" -> {
                // RFC 3857 section 4.6: who watches a user is told to that user only.
                if (watcher.origin() != Origin.INSIDE
                        || !watcher.address().folded().equals(user.address())) {
                    throw new RequestRefused(403, "Own Watchers Only");
                }
                yield new WatcherReport(resource, watchers);
            }
            default -> throw new RequestRefused(489).with("Allow-Events", String.join(", ", PACKAGES));
        };
    }

    private WatcherRecord record(Address user, Watcher watcher, String displayName, Instant since) {
        return new WatcherRecord(transactions.token(), watcher, displayName, since, step -> {
            watchers.changed("sip:" + user, step);
            questions.changed(user, watcher, step);
        });
    }

    private static String displayName(SIPRequest request) {
        return Optional.ofNullable(request.getFrom().getAddress().getDisplayName())
                .orElse("");
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

    private static String event(SIPRequest request) {
        return eventType(SipParser.text(request).value("Event").orElse(""));
    }

    private static String eventType(String header) {
        return header.split(";", 2)[0].strip();
    }

    private static int asked(SIPRequest request) {
        return request.getExpires() == null
                ? DEFAULT_EXPIRES
                : request.getExpires().getExpires();
    }

    private static void checkAccept(SIPRequest request, String offered) throws RequestRefused {
        List<String> accept = SipParser.text(request).lines("Accept");
        boolean fits = accept.isEmpty()
                || accept.stream()
                        .map(line -> line.substring(line.indexOf(':') + 1))
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(type -> type.split(";", 2)[0].strip())
                        .anyMatch(type -> type.equalsIgnoreCase(offered) || type.equals("*/*"));
        if (!fits) {
            throw new RequestRefused(406).with("Accept", offered);
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
