// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How an account leaves its plug-in: first what was begun comes to its end, then the plug-in closes the account. */
public final class Ending {
    private final Optional<Session> session;
    private final CompletableFuture<Void> before;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /**
     * Begins it.
     *
     * @param session what is open; empty if nothing is
     * @param before completes when what was open before is closed
     */
    Ending(Optional<Session> session, CompletableFuture<Void> before) {
        this.session = session;
        this.before = before;
    }

    /** Returns what completes when the messages that were begun have their outcomes. */
    public CompletableFuture<Void> finished() {
        return session.map(Session::finished).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Has the plug-in close the account; what is not finished fails. Completes when that is done, or has taken too long. */
    public CompletableFuture<Void> close() {
        session.map(Session::close)
                .map(closing -> CompletableFuture.allOf(closing, before))
                .orElse(before)
                .thenRun(() -> closed.complete(null));
        return closed;
    }

    /** Returns what completes when {@link #close} has come to its end. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Returns how long {@link #close} may take. */
    public static Duration longestClose() {
        return Session.CLOSING;
    }

    /** Closes it once what was begun has its outcome. */
    public CompletionStage<Void> inOrder() {
        return finished().handle((done, none) -> null).thenCompose(none -> close());
    }
}
