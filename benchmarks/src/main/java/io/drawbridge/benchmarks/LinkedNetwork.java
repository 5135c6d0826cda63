// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.ProviderDescription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A network that costs nothing: what is measured is its host. Notes when accounts sign in, and can go away. */
final class LinkedNetwork implements NativeProvider {
    static final String ID = "linked";
    static final String DOMAIN = "linked.example";

    private final InstantSource clock;
    private final Queue<Line> accounts = new ConcurrentLinkedQueue<>();
    private final Queue<Instant> signIns = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    LinkedNetwork(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ProviderDescription description() {
        return ProviderDescription.of(ID, "Linked").domains(DOMAIN).build();
    }

    @Override
    public Account open(AccountSettings settings, AccountContext context) {
        Line account = new Line(context);
        accounts.add(account);
        return account;
    }

    /** Every account loses its connection, and none can sign in. */
    void goAway() {
        away = true;
        accounts.forEach(account -> account.context.status(AccountStatus.DISCONNECTED, "the network is away"));
    }

    /** Whoever signs in from now on is let in. */
    void comeBack() {
        away = false;
    }

    /** Returns when accounts tried to sign in since this was asked last. */
    List<Instant> takeSignIns() {
        List<Instant> all = List.copyOf(signIns);
        signIns.removeAll(all);
        return all;
    }

    private final class Line implements Account {
        private final AccountContext context;

        Line(AccountContext context) {
            this.context = context;
        }

        @Override
        public void connect() {
            signIns.add(clock.instant());
            context.status(away ? AccountStatus.DISCONNECTED : AccountStatus.ONLINE, "");
        }

        @Override
        public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
            return CompletableFuture.completedFuture(new Outcome.Delivered());
        }

        @Override
        public void close() {
            accounts.remove(this);
        }
    }
}
