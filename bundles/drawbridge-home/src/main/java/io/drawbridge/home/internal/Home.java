// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import io.drawbridge.api.home.Consents;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.RemoteAccess;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.config.LimitHits;
import io.drawbridge.home.internal.config.LimitHits.Limit;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.location.LocationTable;
import io.drawbridge.home.internal.presence.PresenceAgent;
import io.drawbridge.home.internal.proxy.Proxy;
import io.drawbridge.home.internal.registrar.Authenticator;
import io.drawbridge.home.internal.registrar.OutsideAccess;
import io.drawbridge.home.internal.registrar.Registrar;
import io.drawbridge.home.internal.sip.Flows;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserChange;
import io.drawbridge.home.internal.users.UserTable;
import io.drawbridge.lib.jainsip.MalformedMessage;
import io.drawbridge.lib.jainsip.RawReply;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded home put together. What arrives waits in a bounded queue for the home's one thread; what does not fit is
 * refused on the spot.
 */
final class Home implements SipElement, MetricSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private final Supplier<HomeConfig> config;
    private final Executor executor;
    private final UserTable users;
    private final Flows flows = new Flows();
    private final LocationTable location;
    private final Authenticator authenticator;
    private final PresenceAgent presence;
    private final TransactionLayer transactions;
    private final Consumer<UserChange> userListener = this::userChanged;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LimitHits limits = new LimitHits();
    private final LongAdder malformed = new LongAdder();

    /**
     * Starts empty.
     *
     * @param executor runs one task after the other, on the thread of {@code timers}
     */
    Home(
            Supplier<HomeConfig> config,
            Supplier<EdgeSettings> edge,
            RemoteAccess remoteAccess,
            UserTable users,
            Executor executor,
            Timers timers,
            InstantSource clock) {
        this.config = config;
        this.executor = executor;
        this.users = users;
        Supplier<Set<DomainName>> domains = () -> edge.get().sipDomains();
        presence = new PresenceAgent(config, limits, users, executor, timers, clock);
        location = new LocationTable(timers, clock, presence::changed);
        OutsideAccess outside = new OutsideAccess(remoteAccess);
        authenticator = new Authenticator(config, users, flows, outside, clock);
        Registrar registrar = new Registrar(config, limits, domains, authenticator, location, clock);
        Proxy proxy = new Proxy(config, domains, flows, location, timers);
        Dispatcher dispatcher =
                new Dispatcher(edge, users, flows, location, authenticator, outside, registrar, proxy, presence);
        transactions = new TransactionLayer(
                timers, dispatcher, () -> config.get().maxTransactions(), () -> limits.add(Limit.TRANSACTIONS));
        presence.use(location, transactions);
        proxy.use(transactions);
        users.onChange(userListener);
    }

    @Override
    public void opened(SipFlow flow) {
        executor.execute(() -> flows.opened(flow));
    }

    @Override
    public void received(SipFlow flow, byte[] message) {
        if (waiting.incrementAndGet() > config.get().maxWaiting()) {
            waiting.decrementAndGet();
            limits.add(Limit.WAITING);
            RawReply.to(message, 503, "Service Unavailable", "Retry-After: 10").ifPresent(flow::send);
            return;
        }
        executor.execute(() -> {
            waiting.decrementAndGet();
            process(flow, message);
        });
    }

    @Override
    public void closed(SipFlow flow) {
        executor.execute(() -> {
            flows.closed(flow);
            transactions.closed(flow);
            presence.closed(flow);
            location.closed(flow);
        });
    }

    @Override
    public void collect(MetricSink sink) {
        sink.gauge("drawbridge_home_registered_users", "Users with at least one registered client", location.users());
        sink.gauge("drawbridge_home_contacts", "Registered clients", location.size());
        sink.gauge("drawbridge_home_subscriptions", "Presence subscriptions", presence.subscriptions());
        sink.gauge("drawbridge_home_publications", "Published presence documents", presence.publications());
        sink.gauge("drawbridge_home_waiting_messages", "Received messages not yet processed", waiting.get());
        sink.counter(
                "drawbridge_home_digest_failures", "Wrong proofs of a password", (double) authenticator.failures());
        sink.counter("drawbridge_home_malformed_messages", "Messages that could not be read", malformed.doubleValue());
        limits.collect(sink);
    }

    @Override
    public void close() {
        users.forget(userListener);
        executor.execute(transactions::stop);
    }

    /** Asks {@code consents} from now on whom users let see them and who waits; null if nobody can tell. Thread-safe. */
    void use(Consents consents) {
        executor.execute(() -> presence.use(consents));
    }

    /** Returns the clients a user is registered with. Thread-safe. */
    List<Binding> contacts(Address user) {
        return location.of(user);
    }

    /** Returns who waits for a word of a user. Thread-safe. */
    List<Question> questions(Address user) {
        return presence.questions(user);
    }

    private void process(SipFlow flow, byte[] message) {
        try {
            transactions.received(flow, SipParser.parse(message));
        } catch (MalformedMessage broken) {
            malformed.increment();
            LOG.debug("A message from {} cannot be read: {}", flow.remote(), broken.getMessage());
            RawReply.to(message, 400, broken.getMessage()).ifPresent(flow::send);
        }
    }

    private void userChanged(UserChange change) {
        executor.execute(() -> {
            if (!change.keepsProof()) {
                change.before().map(User::address).ifPresent(address -> {
                    flows.revoke(address);
                    location.removeAll(address);
                });
            }
            change.before().filter(user -> users.find(user.address()).isEmpty()).ifPresent(presence::removed);
            change.after().map(User::address).ifPresent(presence::changed);
        });
    }
}
