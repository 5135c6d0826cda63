// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.ContactStep;
import io.drawbridge.api.provider.ContactsAbility;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.ReceiptsAbility;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.api.provider.TypingAbility;
import io.drawbridge.providers.internal.plugin.Lane;
import io.drawbridge.providers.internal.plugin.Misbehaviour;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One account opened in one plug-in: calls the vendor's object on the account's lane, and is the context it was given.
 * Ends with the plug-in; the account goes on in the next one with another session.
 */
final class Session implements AccountContext {
    /** How long closing may take. */
    static final Duration CLOSING = Duration.ofSeconds(10);

    private static final Duration CALL = Duration.ofSeconds(1);
    /** How many messages the plug-in has before it; the others wait, so that a backlog does not flood it. */
    private static final int MOST_AT_ONCE = 500;

    private static final Map<Capability, Class<?>> ABILITIES = Map.of(
            Capability.PRESENCE, PresenceAbility.class,
            Capability.CONTACTS, ContactsAbility.class,
            Capability.TYPING, TypingAbility.class,
            Capability.RECEIPTS, ReceiptsAbility.class);

    private final Plugin plugin;
    private final AccountSettings settings;
    private final Lane lane;
    private final Network network;
    private final Owner owner;
    private final Timers timers;
    private final Queue<Delivery> submitted = new ArrayDeque<>();
    private final Set<Delivery> inFlight = ConcurrentHashMap.newKeySet();
    private boolean delivers;
    private volatile Account account;
    /** Whether it was its turn to sign in, and it has not said since that it is not signed in. */
    private volatile boolean hasTurn;

    private volatile boolean dead;
    private volatile boolean closed;

    /** Hears of a session what it says of itself. */
    interface Owner {
        /** The plug-in took its settings. */
        void opened(Session session);

        /** It stands otherwise now. */
        void status(Session session, AccountStatus status, String detail);

        /** The plug-in does not take its settings. */
        void refused(Session session, SettingRefused refusal);

        /** The plug-in did not open it. */
        void unopened(Session session);

        /** Somebody's presence came from the network. */
        void presence(Principal watcher, PresenceDocument document);

        /** A step came from the network. */
        void contact(Principal from, Principal to, ContactStep step);

        /** A message came; tells what became of it. */
        CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message);

        /** Somebody on the network writes, or stopped. */
        void typing(Instance sender, Instance recipient, String conversation, Composing state);

        /** It was told what became of a message. */
        void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt);
    }

    Session(Plugin plugin, AccountSettings settings, Network network, Owner owner) {
        this.plugin = plugin;
        this.settings = settings;
        this.network = network;
        this.owner = owner;
        lane = plugin.threads().lane();
        timers = new Timers(network.time(), lane, this::work);
    }

    /** Has it opened. */
    void open() {
        lane.insist(() -> {
            boolean[] refused = new boolean[1];
            if (!dead) {
                call("open", () -> account = opened(refused));
                if (account == null && !refused[0]) {
                    owner.unopened(this);
                }
            }
        });
    }

    private Account opened(boolean... refused) {
        Account made;
        try {
            made = plugin.provider().open(settings, this);
        } catch (SettingRefused refusal) {
            refused[0] = true;
            owner.refused(this, refusal);
            return null;
        }
        if (made == null) {
            blame(Misbehaviour.BROKE_RULE, "open returned nothing");
            return null;
        }
        for (Map.Entry<Capability, Class<?>> ability : ABILITIES.entrySet()) {
            boolean declared = plugin.description().capabilities().contains(ability.getKey());
            if (declared != ability.getValue().isInstance(made)) {
                blame(Misbehaviour.WRONG_ABILITY, ability.getKey().toString());
                made.close();
                return null;
            }
        }
        owner.opened(this);
        return made;
    }

    /** Names what an administrator needs to mend a setting that was refused. */
    InvalidSetting invalid(SettingRefused refusal, String accountPid) {
        String key = refusal.key();
        boolean isOfAccount = settings.account().containsKey(key);
        Map<String, String> values = isOfAccount ? settings.account() : settings.provider();
        // The key of a secret begins with a full stop, and no other does.
        String value = key.startsWith(".") ? "***" : values.getOrDefault(key, "");
        return new InvalidSetting(
                isOfAccount ? accountPid : network.pid(), key, value, Outcomes.oneLine(refusal.getMessage()));
    }

    AccountSettings settings() {
        return settings;
    }

    Plugin plugin() {
        return plugin;
    }

    /** Has it sign in. */
    void connect() {
        lane.insist(() -> {
            if (account != null && !dead) {
                hasTurn = true;
                if (!call("connect", account::connect)) {
                    hasTurn = false;
                    owner.status(this, AccountStatus.DISCONNECTED, "the plug-in failed to connect");
                }
            }
        });
    }

    /** Returns whether it has not been closed. */
    boolean lives() {
        return !dead;
    }

    /** Hands it a message; returns false if too many wait or it has ended. */
    synchronized boolean deliver(Delivery delivery) {
        if (dead || submitted.size() >= Room.mostWaiting(settings)) {
            return false;
        }
        submitted.add(delivery);
        return goOn() || !submitted.remove(delivery);
    }

    /** Returns false if the threads have ended. With the lock held. */
    private boolean goOn() {
        boolean isIdle = !delivers && !submitted.isEmpty() && inFlight.size() < MOST_AT_ONCE;
        if (isIdle) {
            delivers = lane.insist(this::deliverNext);
        }
        return !isIdle || delivers;
    }

    private synchronized void ended(Delivery delivery) {
        inFlight.remove(delivery);
        goOn();
    }

    /** Delivers one, and comes again after what else is to be done for the account. */
    private void deliverNext() {
        next().ifPresent(this::deliverNow);
        synchronized (this) {
            delivers = false;
            goOn();
        }
    }

    private synchronized Optional<Delivery> next() {
        Optional<Delivery> next = Optional.ofNullable(submitted.poll()).filter(delivery -> !delivery.isSettled());
        next.ifPresent(inFlight::add);
        return next;
    }

    private void deliverNow(Delivery delivery) {
        delivery.outcome().whenComplete((outcome, none) -> ended(delivery));
        if (!call("deliver", () -> start(delivery))) {
            delivery.settle(Outcomes.failed(Reason.PROVIDER_FAILED));
        }
    }

    private void start(Delivery delivery) {
        Optional<Event.Said> said = delivery.said();
        if (said.isEmpty()) {
            return;
        }
        CompletionStage<Outcome> stage = account.deliver(
                said.get().sender(), said.get().recipient(), said.get().message());
        if (stage == null) {
            blame(Misbehaviour.BROKE_RULE, "deliver returned nothing");
            delivery.settle(Outcomes.failed(Reason.PROVIDER_FAILED));
        } else {
            AtomicBoolean first = new AtomicBoolean(true);
            stage.whenComplete((outcome, failure) -> {
                if (first.getAndSet(false)) {
                    answered(delivery, outcome, failure);
                } else {
                    blame(Misbehaviour.ANSWERED_TWICE, "deliver");
                }
            });
        }
    }

    private void answered(Delivery delivery, Outcome outcome, Throwable failure) {
        boolean broken = failure != null || outcome == null;
        if (broken) {
            plugin.conduct().note(Misbehaviour.BROKE_RULE, where("a delivery had no outcome"), failure);
        }
        if (!delivery.settle(broken ? Outcomes.failed(Reason.PROVIDER_FAILED) : Outcomes.of(outcome)) && !dead) {
            blame(Misbehaviour.ANSWERED_LATE, "deliver");
        }
    }

    /** Calls an ability, if the account has it; returns false if too much waits. */
    <T> boolean with(Class<T> ability, Consumer<T> body) {
        return lane.offer(() -> tell(ability, body));
    }

    /** Shows somebody's presence, if the account can; returns false if too much waits. */
    boolean show(Principal watcher, PresenceDocument document) {
        return lane.offer(
                () -> tell(PresenceAbility.class, ability -> ability.show(watcher, document)), Room.size(document));
    }

    private <T> void tell(Class<T> ability, Consumer<T> body) {
        if (!dead && ability.isInstance(account)) {
            call(ability.getSimpleName(), () -> body.accept(ability.cast(account)));
        }
    }

    /** Returns the messages it was handed and has not begun; it does not begin them any more. */
    synchronized List<Delivery> takeBack() {
        List<Delivery> back = new ArrayList<>(submitted);
        submitted.clear();
        return back;
    }

    /** Returns the outcomes of all messages it was handed. */
    synchronized List<CompletableFuture<DeliveryOutcome>> outcomes() {
        return Stream.concat(submitted.stream(), inFlight.stream())
                .map(Delivery::outcome)
                .toList();
    }

    /** Returns what completes when the messages it has begun have their outcomes. */
    synchronized CompletableFuture<Void> finished() {
        return CompletableFuture.allOf(inFlight.stream().map(Delivery::outcome).toArray(CompletableFuture[]::new));
    }

    /** Ends it; what it had begun fails. Completes when the plug-in has closed its account. */
    CompletableFuture<Void> close() {
        dead = true;
        timers.cancel();
        CompletableFuture<Void> end = new CompletableFuture<>();
        Runnable disarm = network.time().after(CLOSING, () -> end(end));
        boolean comes = lane.insist(() -> {
            if (account != null) {
                plugin.threads().call(where("close"), CLOSING, account::close);
            }
            disarm.run();
            end(end);
        });
        if (!comes) {
            disarm.run();
            end(end);
        }
        List.copyOf(inFlight).forEach(delivery -> delivery.settle(Outcomes.failed(Reason.PROVIDER_FAILED)));
        return end;
    }

    private void end(CompletableFuture<Void> end) {
        closed = true;
        end.complete(null);
    }

    private boolean call(String what, Runnable body) {
        return plugin.threads().call(where(what), CALL, body);
    }

    private void blame(Misbehaviour kind, String what) {
        plugin.conduct().note(kind, where(what));
    }

    private String where(String what) {
        return what + ", account " + settings.name();
    }

    private void requireLife() {
        if (dead) {
            blameAfterClose("its context");
            throw new IllegalStateException("the account is closed");
        }
    }

    /** While it closes a thread of the plug-in may not know yet; afterwards none is left that could speak. */
    private void blameAfterClose(String what) {
        if (closed) {
            blame(Misbehaviour.AFTER_CLOSE, what);
        }
    }

    private void requireParties(Principal sender, Principal recipient) {
        require(network.domains().contains(sender.domain()), "the sender is not at a domain of the provider");
        require(
                settings.user().map(recipient::equals).orElseGet(() -> network.isOwn(recipient.domain())),
                "the recipient is not the account's user");
    }

    /** What it brings then is refused; what the host brings besides is no fault of the plug-in. */
    private void blameFlood() {
        if (network.isFull()) {
            blame(Misbehaviour.FLOODED, "what it brings from its network");
        }
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            blame(Misbehaviour.BROKE_RULE, rule);
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public void status(AccountStatus status, String detail) {
        requireLife();
        require(hasTurn || status != AccountStatus.ONLINE, "ONLINE without connect()");
        hasTurn = hasTurn && (status == AccountStatus.ONLINE || status == AccountStatus.CONNECTING);
        owner.status(this, status, Outcomes.oneLine(detail));
    }

    @Override
    public CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message) {
        if (dead) {
            blameAfterClose("a message");
            return CompletableFuture.completedFuture(Outcomes.of(Outcomes.failed(Reason.SHUTTING_DOWN)));
        }
        requireParties(sender.principal(), recipient.principal());
        blameFlood();
        return owner.message(sender, recipient, message);
    }

    @Override
    public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
        requireLife();
        requireParties(sender.principal(), recipient.principal());
        blameFlood();
        owner.typing(sender, recipient, conversation, state);
    }

    @Override
    public void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt) {
        requireLife();
        requireParties(sender.principal(), recipient.principal());
        blameFlood();
        owner.receipt(sender, recipient, conversation, receipt);
    }

    @Override
    public void presence(Principal watcher, PresenceDocument document) {
        requireLife();
        requireParties(document.presentity(), watcher);
        require(
                Room.size(document) <= Room.LONGEST_PRESENCE,
                "a presence document has at most " + Room.LONGEST_PRESENCE + " characters");
        owner.presence(watcher, document);
    }

    @Override
    public void contact(Principal from, Principal to, ContactStep step) {
        requireLife();
        requireParties(from, to);
        blameFlood();
        owner.contact(from, to, step);
    }

    @Override
    public Executor executor() {
        return this::execute;
    }

    private void execute(Runnable task) {
        requireLife();
        if (!lane.offer(() -> work(task))) {
            blame(Misbehaviour.FLOODED, "its executor");
            throw new RejectedExecutionException("the account has too much to do");
        }
    }

    private void work(Runnable task) {
        if (!dead) {
            call("its own work", task);
        }
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        requireLife();
        return timers.start(delay, task).orElseThrow(() -> {
            blame(Misbehaviour.FLOODED, "its timers");
            return new RejectedExecutionException("the account has too many timers");
        });
    }
}
