// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.providers.internal.account.Ending;
import io.drawbridge.providers.internal.plugin.Plugin;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plug-in that leaves: what its accounts have begun comes to its end, they are closed, and its threads end.
 *
 * @param plugin which; empty if none served
 * @param endings its accounts
 */
record Leaving(Optional<Plugin> plugin, List<Ending> endings) {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    /** Lets it come to its end by itself. */
    void inOrder() {
        all(endings.stream()
                        .map(ending -> ending.inOrder().toCompletableFuture())
                        .toList())
                .whenComplete((done, none) -> endThreads());
    }

    /** Fails what it has begun, and ends its threads even if they do not return. */
    void atOnce(Time time) {
        List<CompletableFuture<Void>> closing =
                endings.stream().map(Ending::close).toList();
        Runnable disarm = time.after(Ending.longestClose(), this::endThreads);
        all(closing).whenComplete((done, none) -> {
            disarm.run();
            endThreads();
        });
    }

    /** Waits until it has come to its end, for as long as the contract gives it. Blocks. */
    void await() {
        if (plugin.isEmpty()) {
            return;
        }
        await(
                all(endings.stream().map(Ending::finished).toList()),
                plugin.get().description().deliveryTimeout());
        await(all(endings.stream().map(Ending::close).toList()), Ending.longestClose());
        endThreads();
    }

    private void await(CompletableFuture<Void> end, Duration longest) {
        try {
            end.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException unfinished) {
            LOG.warn(
                    "The plug-in of provider {} leaves with something unfinished",
                    plugin.orElseThrow().description().id());
        }
    }

    private void endThreads() {
        plugin.ifPresent(left -> left.threads().close());
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    }
}
