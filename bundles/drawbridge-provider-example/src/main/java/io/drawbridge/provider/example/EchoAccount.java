// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.example;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.api.provider.TypingAbility;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The one account with the echo network; it is signed in as soon as it is asked to be. */
final class EchoAccount implements Account, PresenceAbility, TypingAbility {
    private static final long LONGEST_DELAY = 15_000;

    private final AccountContext context;
    private final Duration delay;

    private EchoAccount(AccountContext context, Duration delay) {
        this.context = context;
        this.delay = delay;
    }

    static EchoAccount of(AccountSettings settings, AccountContext context) throws SettingRefused {
        long millis = Long.parseLong(settings.provider().get(EchoProvider.DELAY));
        if (millis < 0 || millis > LONGEST_DELAY) {
            throw new SettingRefused(EchoProvider.DELAY, "lies between 0 and " + LONGEST_DELAY);
        }
        return new EchoAccount(context, Duration.ofMillis(millis));
    }

    @Override
    public void connect() {
        context.status(AccountStatus.ONLINE, "");
    }

    /** It is delivered when the other one has answered: what is not delivered yet may finish before the account closes. */
    @Override
    public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        context.after(delay, () -> {
            context.message(recipient, Instance.anyOf(sender.principal()), echo(message));
            outcome.complete(new Outcome.Delivered());
        });
        return outcome;
    }

    private static Message echo(Message message) {
        return new Message(
                UUID.randomUUID().toString(),
                message.conversation(),
                message.style(),
                message.subject(),
                message.bodies(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
        context.typing(recipient, Instance.anyOf(sender.principal()), conversation, state);
    }

    @Override
    public void watch(Principal watcher, Principal presentity) {
        context.presence(
                watcher,
                new PresenceDocument(presentity, List.of(InstancePresence.of("echo", Availability.AVAILABLE))));
    }

    @Override
    public void unwatch(Principal watcher, Principal presentity) {
        // Nothing is remembered of a watch, so there is nothing to forget.
    }

    @Override
    public void show(Principal watcher, PresenceDocument document) {
        // Nobody on this network looks.
    }

    @Override
    public void close() {
        // It holds nothing: its timers end with the context.
    }
}
