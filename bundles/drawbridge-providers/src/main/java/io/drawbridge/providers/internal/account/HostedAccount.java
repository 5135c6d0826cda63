// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.providers.internal.plugin.Misbehaviour;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * One configured account. Goes on while plug-ins come and go: each opens a {@link Session} of it, and between two sessions
 * messages wait a little. Thread-safe; nothing outside is called while its lock is held but lanes and timers.
 */
public final class HostedAccount {
    /** How long a plug-in is waited for once the one before has left. */
    public static final Duration PLUGIN_PATIENCE = Duration.ofSeconds(10);

    /** How long contacts keep their presence while their network is not there. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** How long signing in may take. */
    static final Duration SIGN_IN = Duration.ofMinutes(2);

    private static final Duration STEADY = Duration.ofMinutes(1);

    private final String pid;
    private final Network network;
    private final BackOff backOff;
    private final Room room;
    private final Correspondence correspondence;
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private AccountSettings settings;
    private Optional<AccountSettings> accepted = Optional.empty();
    private boolean isRefused;
    private Plugin plugin;
    private Session session;
    private AccountStatus status;
    private String detail = "";
    private boolean failing;
    private Instant since;
    private Optional<Instant> nextTry = Optional.empty();
    private Reason without = Reason.PROVIDER_ABSENT;
    private boolean patient = true;
    private CompletableFuture<Void> left = CompletableFuture.completedFuture(null);
    private Runnable cancelAttempt = () -> {};
    private Runnable cancelGrace = () -> {};
    private volatile HostedAccount successor;

    /**
     * Makes an account that waits for its plug-in.
     *
     * @param pid where it is configured
     */
    public HostedAccount(String pid, AccountSettings settings, Network network) {
        this.pid = pid;
        this.settings = settings;
        this.network = network;
        backOff = new BackOff(network.random());
        room = network.room().of(settings);
        since = network.time().instant();
        correspondence =
                new Correspondence(network, this::online, network.presenceRoom().of(settings));
    }

    /**
     * Opens it in a plug-in, once the one before has let go of it, and has it sign in when its turn comes.
     *
     * @param newSettings what it is opened with
     */
    public synchronized void start(Plugin newPlugin, AccountSettings newSettings) {
        plugin = newPlugin;
        settings = newSettings;
        isRefused = false;
        failing = false;
        patient = true;
        left.thenRun(() -> begin(newPlugin));
    }

    private synchronized void begin(Plugin expected) {
        if (plugin == expected && session == null && status == null) {
            begin();
            waiting.forEach(delivery -> delivery.waits(network.time(), Reason.ACCOUNT_OFFLINE));
        }
    }

    /** Returns whether it is opened, or about to be, in this plug-in. */
    public synchronized boolean isServedBy(Plugin other) {
        return plugin == other;
    }

    private void begin() {
        session = new Session(plugin, isRefused ? accepted.orElse(settings) : settings, network, new Voice());
        set(AccountStatus.CONNECTING, "");
        session.open();
        attempt(session);
    }

    private void attempt(Session asking) {
        // Whoever asks twice takes somebody else's turn.
        cancelAttempt.run();
        set(AccountStatus.CONNECTING, "waits for its turn to sign in");
        nextTry = Optional.of(network.logIns().nextTurn());
        cancelAttempt = network.logIns().request(() -> signIn(asking));
    }

    private synchronized void signIn(Session asking) {
        boolean isItsTurn = asking == session && status == AccountStatus.CONNECTING && nextTry.isPresent();
        if (isItsTurn) {
            set(AccountStatus.CONNECTING, "");
            nextTry = Optional.empty();
            asking.connect();
            cancelAttempt = network.time().after(SIGN_IN, () -> stalled(asking));
        }
    }

    private void stalled(Session asking) {
        Ending ending;
        synchronized (this) {
            if (asking != session || status != AccountStatus.CONNECTING) {
                return;
            }
            ending = new Ending(Optional.of(asking), left);
            plugin.conduct().note(Misbehaviour.BROKE_RULE, "connect came to no end, account " + settings.name());
            session = null;
            left = ending.closed();
            rest(AccountStatus.DISCONNECTED, "signing in came to no end");
        }
        ending.close();
        failWaiting(Reason.ACCOUNT_OFFLINE);
    }

    /**
     * Takes it out of its plug-in. Messages that the plug-in has not begun wait, as do new ones if a plug-in is expected.
     *
     * @param why what messages fail with that do not wait
     * @param isPatient whether a plug-in is expected soon
     * @return runs to its end when what was begun has finished and the plug-in has closed the account
     */
    public Ending pause(Reason why, boolean isPatient) {
        Ending ending;
        synchronized (this) {
            Session old = session;
            ending = new Ending(Optional.ofNullable(old), left);
            session = null;
            plugin = null;
            status = null;
            detail = "";
            since = network.time().instant();
            without = why;
            patient = isPatient;
            stopTrying();
            correspondence.watches().signedOut();
            if (old != null) {
                left = ending.closed();
                List<Delivery> back = old.takeBack();
                for (int i = back.size() - 1; i >= 0; i--) {
                    waiting.addFirst(back.get(i));
                }
                waiting.forEach(delivery -> delivery.waits(network.time(), why));
                startGrace();
            }
        }
        if (!isPatient) {
            failWaiting(why);
        }
        return ending;
    }

    /** No plug-in came in time: what waits fails, and nothing new waits. */
    public void giveUpWaiting() {
        synchronized (this) {
            if (session != null) {
                return;
            }
            patient = false;
        }
        failWaiting(without);
    }

    /** Returns what completes when every message it was given by now has its outcome. */
    public CompletableFuture<Void> settled() {
        List<CompletableFuture<DeliveryOutcome>> given = new ArrayList<>();
        synchronized (this) {
            waiting.forEach(delivery -> given.add(delivery.outcome()));
            if (session != null) {
                given.addAll(session.outcomes());
            }
        }
        return CompletableFuture.allOf(given.toArray(CompletableFuture[]::new));
    }

    /** Leaves some of its users to another account, which is about to start: what they watch and show goes there. */
    public void part(HostedAccount other, Predicate<Principal> users) {
        correspondence.watches().move(other.correspondence.watches(), users);
    }

    /** Gives everything to another account once its plug-in has let go of it; what still comes here goes there too. */
    public CompletionStage<Void> handOver(HostedAccount other) {
        CompletableFuture<Void> gone;
        synchronized (this) {
            gone = left;
        }
        return gone.thenRun(() -> give(other));
    }

    private void give(HostedAccount other) {
        Map<Delivery, DeliveryOutcome> refused = new LinkedHashMap<>();
        // With the lock held, so that nothing newer overtakes what waits. The other one never asks for this lock.
        synchronized (this) {
            successor = other;
            for (Delivery delivery = waiting.poll(); delivery != null; delivery = waiting.poll()) {
                Delivery next = delivery;
                other.refusal(next).ifPresent(outcome -> refused.put(next, outcome));
            }
        }
        refused.forEach(Delivery::settle);
        correspondence.watches().move(other.correspondence.watches(), user -> true);
        network.refused(this, Optional.empty());
    }

    /** Ends it for good. */
    public Ending end(Reason why) {
        Ending ending = pause(why, false);
        synchronized (this) {
            cancelGrace.run();
        }
        correspondence.watches().end();
        network.refused(this, Optional.empty());
        return ending;
    }

    private void stopTrying() {
        cancelAttempt.run();
        cancelAttempt = () -> {};
        nextTry = Optional.empty();
    }

    private void startGrace() {
        cancelGrace.run();
        cancelGrace = network.time().after(GRACE, () -> {
            if (online().isEmpty()) {
                correspondence.watches().goOffline();
            }
        });
    }

    private void failWaiting(Reason reason) {
        List<Delivery> failing;
        synchronized (this) {
            failing = new ArrayList<>(waiting);
            waiting.clear();
        }
        failing.forEach(delivery -> delivery.settle(Outcomes.failed(reason)));
    }

    /** Delivers an event of an own user. */
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        HostedAccount other = successor;
        if (other != null) {
            return other.deliver(event);
        }
        return event instanceof Event.Said said ? say(said) : correspondence.deliver(event, this);
    }

    private CompletionStage<DeliveryOutcome> say(Event.Said said) {
        Delivery delivery = new Delivery(said, network.time().instant());
        if (!room.take(delivery.size())) {
            return CompletableFuture.completedFuture(Outcomes.failed(Reason.OVERLOADED));
        }
        delivery.outcome().whenComplete((outcome, none) -> room.giveBack(delivery.size()));
        refusal(delivery).ifPresent(delivery::settle);
        return delivery.outcome();
    }

    private synchronized Optional<DeliveryOutcome> refusal(Delivery delivery) {
        if (successor != null) {
            return successor.refusal(delivery);
        }
        if (status == AccountStatus.ONLINE) {
            return hand(delivery) ? Optional.empty() : Optional.of(Outcomes.failed(Reason.OVERLOADED));
        }
        if (status == AccountStatus.CONNECTING || (session == null && status == null && patient)) {
            waiting.removeIf(Delivery::isSettled);
            if (waiting.size() >= Room.mostWaiting(settings)) {
                return Optional.of(Outcomes.failed(Reason.OVERLOADED));
            }
            waiting.add(delivery);
            delivery.waits(network.time(), status == null ? without : Reason.ACCOUNT_OFFLINE);
            return Optional.empty();
        }
        return Optional.of(
                status == null
                        ? Outcomes.failed(without)
                        : Outcomes.failed(
                                Reason.ACCOUNT_OFFLINE,
                                nextTry.map(at ->
                                                Duration.between(network.time().instant(), at))
                                        .filter(rest -> !rest.isNegative())));
    }

    private boolean hand(Delivery delivery) {
        boolean isTaken = session.deliver(delivery);
        if (isTaken) {
            delivery.isHanded(network.time(), plugin.description().deliveryTimeout());
        }
        return isTaken;
    }

    private void stands(Session from, AccountStatus now, String text) {
        List<Delivery> tooMany = new ArrayList<>();
        synchronized (this) {
            if (from != session) {
                return;
            }
            if (now == AccountStatus.CONNECTING) {
                detail = text;
                return;
            }
            if (now == AccountStatus.ONLINE) {
                signedIn(text, tooMany);
            } else {
                // It is not called for messages while it is not online.
                waiting.addAll(from.takeBack());
                rest(now, text);
            }
        }
        tooMany.forEach(delivery -> delivery.settle(Outcomes.failed(Reason.OVERLOADED)));
        if (now != AccountStatus.ONLINE) {
            failWaiting(Reason.ACCOUNT_OFFLINE);
        }
    }

    private void signedIn(String text, List<Delivery> tooMany) {
        if (status == AccountStatus.ONLINE) {
            detail = text;
            return;
        }
        stopTrying();
        cancelGrace.run();
        failing = false;
        set(AccountStatus.ONLINE, text);
        for (Delivery delivery = waiting.poll(); delivery != null; delivery = waiting.poll()) {
            if (!delivery.isSettled() && !hand(delivery)) {
                tooMany.add(delivery);
            }
        }
        correspondence.watches().signedIn(session);
    }

    /** The account is not signed in: it rests until it tries again, or until somebody mends it. With the lock held. */
    private void rest(AccountStatus now, String text) {
        boolean steady = status == AccountStatus.ONLINE
                && since.plus(STEADY).isBefore(network.time().instant());
        if (steady) {
            backOff.succeeded();
        }
        if (status == AccountStatus.ONLINE || status == AccountStatus.CONNECTING) {
            startGrace();
        }
        stopTrying();
        correspondence.watches().signedOut();
        failing = true;
        set(now, text);
        if (now.isTriedAgain()) {
            Duration pause = backOff.rest(now);
            nextTry = Optional.of(network.time().instant().plus(pause));
            cancelAttempt = network.time().after(pause, this::again);
        }
    }

    private synchronized void again() {
        if (plugin == null || nextTry.isEmpty() || status == AccountStatus.CONNECTING) {
            return;
        }
        nextTry = Optional.empty();
        if (session == null) {
            Plugin expected = plugin;
            left.thenRun(() -> reopen(expected));
        } else {
            attempt(session);
        }
    }

    /** The one that came to no end is closed now: two of one account are never open at once. */
    private synchronized void reopen(Plugin expected) {
        if (plugin == expected && session == null && status == AccountStatus.DISCONNECTED && nextTry.isEmpty()) {
            begin();
        }
    }

    private void set(AccountStatus now, String text) {
        status = now;
        detail = text;
        since = network.time().instant();
    }

    /** Returns the session while it is signed in. */
    synchronized Optional<Session> online() {
        return Optional.ofNullable(status == AccountStatus.ONLINE ? session : null);
    }

    /** Returns what its plug-in declares, while there is one. */
    synchronized Optional<Plugin> plugin() {
        return Optional.ofNullable(plugin);
    }

    /** Returns how it stands. */
    public synchronized AccountStanding standing() {
        return new AccountStanding(
                pid, settings, Optional.ofNullable(status), detail, since, failing, nextTry, waiting.size());
    }

    /** Hears what sessions say. */
    private final class Voice extends Correspondence.Hearing {
        Voice() {
            super(correspondence);
        }

        @Override
        public void status(Session from, AccountStatus now, String text) {
            stands(from, now, text);
        }

        @Override
        public void opened(Session from) {
            boolean isWanted;
            synchronized (HostedAccount.this) {
                accepted = Optional.of(from.settings());
                isWanted = !isRefused;
            }
            if (isWanted) {
                network.refused(HostedAccount.this, Optional.empty());
            }
        }

        /** The last settings that were taken stay in force. */
        @Override
        public void refused(Session from, SettingRefused refusal) {
            InvalidSetting invalid = from.invalid(refusal, pid);
            boolean opensAnother;
            synchronized (HostedAccount.this) {
                if (from != session) {
                    return;
                }
                opensAnother = !isRefused
                        && accepted.filter(last -> !last.equals(settings)).isPresent();
                isRefused = true;
                if (opensAnother) {
                    begin();
                } else {
                    session = null;
                    rest(AccountStatus.MISCONFIGURED, invalid.getMessage());
                }
            }
            network.refused(HostedAccount.this, Optional.of(invalid));
            from.close();
            if (!opensAnother) {
                failWaiting(Reason.ACCOUNT_OFFLINE);
            }
        }

        @Override
        public void unopened(Session from) {
            synchronized (HostedAccount.this) {
                if (from != session) {
                    return;
                }
                session = null;
                rest(AccountStatus.DISCONNECTED, "the plug-in did not open the account");
            }
            from.close();
            failWaiting(Reason.ACCOUNT_OFFLINE);
        }
    }
}
