// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.NativeProvider;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How one plug-in takes the place of another. */
abstract class SwapClauses extends StagedClauses {
    private static final int SWAPS = 3;
    private static final int SECONDS = 2;

    SwapClauses(ProviderContract vendor) {
        super(vendor);
    }

    @Test
    @Clause(
            rule = "A plug-in is replaced while messages go: what was delivered was heard once, what failed was not",
            written = Account.class,
            remedy = "complete a delivery only when your own work for it is done; what you answered before that is lost"
                    + " when the account closes")
    void nothingIsLostOrDoubledWhenItIsReplaced() {
        stage().signedIn(Stage.ALICE);
        Map<String, CompletableFuture<DeliveryOutcome>> said = Collections.synchronizedMap(new TreeMap<>());
        Thread writer = new Thread(() -> write(said), "drawbridge-testkit-writer");
        writer.start();
        for (int i = 1; i <= SWAPS; i++) {
            int enough = i * vendor().messagesPerSecond() * SECONDS / (SWAPS + 1);
            stage().await("messages to be written", () -> said.size() >= enough);
            stage().unplug();
            stage().plug(vendor().provider());
        }
        stage().await("the last message to be written", () -> !writer.isAlive());
        said.values().forEach(stage()::outcome);
        List<String> delivered = said.entrySet().stream()
                .filter(entry -> !(entry.getValue().join() instanceof DeliveryOutcome.Failed))
                .map(Map.Entry::getKey)
                .toList();
        Finding.unless(
                delivered.size() > said.size() / 2, "only %d of %d were delivered", delivered.size(), said.size());
        stage().comes(vendor().patience(), () -> vendor().heard().size() >= delivered.size());
        stage().linger(Duration.ofMillis(500));
        compare(delivered, vendor().heard().stream().filter(said::containsKey).toList());
        stage().judge();
    }

    private void write(Map<String, CompletableFuture<DeliveryOutcome>> said) {
        long pause = Duration.ofSeconds(1).toNanos() / vendor().messagesPerSecond();
        for (int i = 0; i < vendor().messagesPerSecond() * SECONDS; i++) {
            String text = String.format("number %05d", i);
            said.put(text, stage().say(Stage.ALICE, text));
            LockSupport.parkNanos(pause);
        }
    }

    private static void compare(List<String> delivered, List<String> heard) {
        List<String> lost = new ArrayList<>(delivered);
        lost.removeAll(heard);
        Finding.unless(lost.isEmpty(), "%d messages were answered as delivered and never heard: %s", lost.size(), lost);
        List<String> more = new ArrayList<>(heard);
        delivered.forEach(more::remove);
        Finding.unless(more.isEmpty(), "%d messages were heard twice, or failed and were heard: %s", more.size(), more);
        Finding.unless(heard.equals(delivered), "they were heard in another order: %s", heard);
    }

    @Test
    @Clause(
            rule = "When a plug-in has left, its classes leave too",
            written = Account.class,
            remedy = "take back what you gave to the Java machine: shutdown hooks, drivers, handlers, thread locals,"
                    + " system properties, threads")
    void itsClassesLeaveWithIt() throws Exception {
        WeakReference<ClassLoader> classes = used();
        for (int i = 0; i < 100 && classes.get() != null; i++) {
            System.gc();
            stage().linger(Duration.ofMillis(50));
        }
        Finding.unless(classes.get() == null, "its class loader is still held by somebody");
    }

    /** Uses the provider from a class loader of its own, and lets go of all of it. */
    private WeakReference<ClassLoader> used() throws Exception {
        try (URLClassLoader loader = new PluginClasses(vendor().provider().getClass());
                Stage alone = new Stage(vendor())) {
            NativeProvider provider =
                    PluginClasses.instance(loader, vendor().provider().getClass());
            alone.configuredWith(provider, Stage.ALICE);
            alone.awaitOnline();
            alone.outcome(alone.say(Stage.ALICE, "hello"));
            alone.unplug();
            alone.judge();
            alone.journal().forget();
            return new WeakReference<>(loader);
        }
    }
}
