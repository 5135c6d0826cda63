// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What can be wrong with how an account ends. */
final class EndFaults {
    static final String MEMORY = "drawbridge.testkit.memory";

    private EndFaults() {}

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    static Account leavesThread(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void connect() {
                start("left-over", () -> ProviderFaults.block(5000));
                super.connect();
            }
        };
    }

    static Account closesOnceOnly(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            private Thread connection = new Thread();

            @Override
            public void close() {
                connection.interrupt();
                connection = null;
                super.close();
            }
        };
    }

    static Account closesWhenConnectedOnly(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            private Thread connection;

            @Override
            public void connect() {
                connection = new Thread();
                super.connect();
            }

            @Override
            public void close() {
                connection.interrupt();
                super.close();
            }
        };
    }

    static Account speaksAfterClose(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            public void close() {
                super.close();
                start("straggler", () -> {
                    ProviderFaults.block(300);
                    ended(AccountStatus.DISCONNECTED);
                });
            }
        };
    }

    static Account surprisedByEnd(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            void signedIn() {
                super.signedIn();
                start("chatterbox", this::chatter);
            }

            private void chatter() {
                Instance polly = Instance.anyOf(new Principal("polly", DomainName.of(LineProvider.DOMAIN)));
                while (true) {
                    context.typing(polly, Instance.anyOf(settings.user().orElseThrow()), "", Composing.COMPOSING);
                    ProviderFaults.block(20);
                }
            }
        };
    }

    static Account answersTooSoon(AccountSettings settings, AccountContext context) {
        return new LineAccount(settings, context) {
            @Override
            CompletionStage<Outcome> send(Principal recipient, String text) {
                context.after(Duration.ofMillis(100), () -> super.send(recipient, text));
                return CompletableFuture.completedFuture(new Outcome.Delivered());
            }
        };
    }

    static Account staysForEver(AccountSettings settings, AccountContext context) {
        LineAccount account = new LineAccount(settings, context);
        System.getProperties().put(MEMORY, account);
        return account;
    }
}
