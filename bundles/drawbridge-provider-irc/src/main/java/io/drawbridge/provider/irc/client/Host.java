// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ContactStep;
import io.drawbridge.api.provider.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * The context of the account, which may die at any moment: what is told it then is not needed any more. Thread-safe.
 */
public final class Host {
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final AccountContext context;

    /** Speaks to a context. */
    public Host(AccountContext context) {
        this.context = context;
    }

    private static void told(Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException dead) {
            // Nobody is left who would want to know.
        }
    }

    void status(AccountStatus status, String detail) {
        told(() -> context.status(status, detail));
    }

    CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message) {
        try {
            return context.message(sender, recipient, message);
        } catch (IllegalStateException dead) {
            return CompletableFuture.completedFuture(Outcome.failed(Condition.SERVICE_UNAVAILABLE, ""));
        }
    }

    void typing(Principal sender, Principal recipient, Composing state) {
        told(() -> context.typing(Instance.anyOf(sender), Instance.anyOf(recipient), "", state));
    }

    void presence(Principal watcher, PresenceDocument document) {
        told(() -> context.presence(watcher, document));
    }

    void contact(Principal from, Principal to, ContactStep step) {
        told(() -> context.contact(from, to, step));
    }

    /** Runs something on the account's lane; if that has too much to do, then as soon as it has less. */
    public void execute(Runnable task) {
        try {
            told(() -> context.executor().execute(task));
        } catch (RejectedExecutionException tooMuch) {
            after(AGAIN, task);
        }
    }

    /** Runs something later; returns what cancels it. */
    Runnable after(Duration delay, Runnable task) {
        try {
            return context.after(delay, task);
        } catch (IllegalStateException dead) {
            return () -> {};
        }
    }
}
