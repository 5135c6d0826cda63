// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks.stubborn;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.TypingAbility;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The echo network by a vendor whose {@code close} never returns, whoever interrupts it. */
public final class StubbornProvider implements NativeProvider, BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(Provider.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public ProviderDescription description() {
        return ProviderDescription.of("example", "Echo network, stubborn")
                .domains("echo.example")
                .capable(Capability.PRESENCE, Capability.TYPING)
                .accounts(AccountScope.SHARED)
                .build();
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) {
        return new Stubborn(context);
    }

    private record Stubborn(AccountContext context) implements Account, PresenceAbility, TypingAbility {
        @Override
        public void connect() {
            context.status(AccountStatus.ONLINE, "");
        }

        @Override
        public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            context.executor().execute(() -> {
                context.message(recipient, Instance.anyOf(sender.principal()), message);
                outcome.complete(new Outcome.Delivered());
            });
            return outcome;
        }

        @Override
        public void watch(Principal watcher, Principal presentity) {
            context.presence(
                    watcher,
                    new PresenceDocument(presentity, List.of(InstancePresence.of("echo", Availability.AVAILABLE))));
        }

        @Override
        public void unwatch(Principal watcher, Principal presentity) {}

        @Override
        public void show(Principal watcher, PresenceDocument document) {}

        @Override
        public void typing(Instance sender, Instance recipient, String conversation, Composing state) {}

        @Override
        public void close() {
            boolean waits = true;
            while (waits) {
                try {
                    new CountDownLatch(1).await();
                    waits = false;
                } catch (InterruptedException ignored) {
                    waits = true;
                }
            }
        }
    }
}
