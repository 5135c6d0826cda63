// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.TypingAbility;
import io.drawbridge.provider.irc.client.Client;
import io.drawbridge.provider.irc.client.Host;
import io.drawbridge.provider.irc.wire.Connections;
import io.drawbridge.provider.irc.wire.Wire;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;

/** One user's account: a client for as long as a connection lasts, and another for the next. */
final class IrcAccount implements Account, PresenceAbility, TypingAbility {
    private final IrcSettings settings;
    private final Connections connections;
    private final Host host;
    private Optional<Client> client = Optional.empty();
    private boolean joined;

    IrcAccount(IrcSettings settings, Connections connections, AccountContext context) {
        this.settings = settings;
        this.connections = connections;
        host = new Host(context);
    }

    @Override
    public void connect() {
        client.ifPresent(Client::quit);
        if (!joined) {
            connections.join();
            joined = true;
        }
        Client next = new Client(
                settings.identity(),
                settings.burst(),
                settings.perLine(),
                settings.showAway(),
                host,
                InstantSource.system());
        client = Optional.of(next);
        try {
            next.over(connections.open(settings.server(), settings.trustAnchors(), settings.own(), new Lane(next)));
        } catch (SSLException unusable) {
            next.down("TLS cannot be set up: " + unusable.getMessage());
        }
    }

    /**
     * Takes what the event loop hears to the account's lane, where all of the client happens. What the lane has no room for
     * yet waits, in its order; it is little, as no more is read until the client has what was.
     */
    private final class Lane implements Wire.Ear {
        private final Client client;
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        Lane(Client client) {
            this.client = client;
        }

        @Override
        public void up() {
            then(client::up);
        }

        @Override
        public void heard(List<String> lines) {
            then(() -> client.heard(lines));
        }

        @Override
        public void down(String why) {
            then(() -> client.down(why));
        }

        /** There are as many turns as tasks, and each turn does the first. */
        private void then(Runnable task) {
            waiting.add(task);
            host.execute(() -> waiting.remove().run());
        }
    }

    @Override
    public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
        return client.map(now -> now.deliver(recipient.principal(), message))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Outcome.failed(Condition.RECIPIENT_UNAVAILABLE, "the account is not signed in")));
    }

    @Override
    public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
        client.ifPresent(now -> now.typing(recipient.principal(), state));
    }

    @Override
    public void watch(Principal watcher, Principal presentity) {
        client.ifPresent(now -> now.watch(watcher, presentity));
    }

    @Override
    public void unwatch(Principal watcher, Principal presentity) {
        client.ifPresent(now -> now.unwatch(presentity));
    }

    @Override
    public void show(Principal watcher, PresenceDocument document) {
        client.ifPresent(now -> now.show(watcher, document));
    }

    @Override
    public void close() {
        client.ifPresent(Client::quit);
        client = Optional.empty();
        if (joined) {
            joined = false;
            connections.leave();
        }
    }
}
