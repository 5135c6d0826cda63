// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrial.State;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.providers.internal.account.AccountStanding;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import io.drawbridge.providers.internal.host.Stage.Happening;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The trial of a plug-in's new version: a share of the own users is served by it, and its errors are counted. Thread-safe.
 */
final class Trial {
    /** Of fewer messages and accounts no rate is made: one error in two would be half of all. */
    private static final int LEAST = 20;

    private final Offer offer;
    private final Plugin plugin;
    private final ProviderSettings.Canary canary;
    private final Instant began;
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean intolerable;
    private volatile int accounts;
    private volatile int down;

    /**
     * Begins one.
     *
     * @param starter starts the plug-in; runs what it was given if the plug-in breaks its promises too often
     */
    Trial(Offer offer, Function<Runnable, Plugin> starter, ProviderSettings.Canary canary, Instant began) {
        this.offer = offer;
        this.plugin = starter.apply(() -> intolerable = true);
        this.canary = canary;
        this.began = began;
    }

    Offer offer() {
        return offer;
    }

    Plugin plugin() {
        return plugin;
    }

    ProviderSettings.Canary canary() {
        return canary;
    }

    Instant began() {
        return began;
    }

    /** Returns whether a user belongs to the share; always the same for the same share. */
    boolean takes(Principal user) {
        // Spread, since neighbouring names have neighbouring hashes.
        return ((user.toString().hashCode() * 0x9E3779B9) >>> 8) % 100 < canary.percent();
    }

    /** Counts what became of a message of one of its users. What is the sender's own fault, or the appliance's, is not its error. */
    void count(DeliveryOutcome outcome) {
        boolean isError = false;
        if (outcome instanceof DeliveryOutcome.Failed failure) {
            switch (failure.reason()) {
                case NO_ACCOUNT, NOT_FOR_FEDERATION, OVERLOADED, SHUTTING_DOWN -> {
                    return;
                }
                default -> isError = true;
            }
        }
        served.incrementAndGet();
        if (isError) {
            failed.incrementAndGet();
        }
    }

    /** Takes how its accounts stand now; one that signs in for the first time is no error yet. */
    void accounts(List<AccountStanding> standings) {
        accounts = standings.size();
        down = (int) standings.stream()
                .flatMap(account -> account.status().stream())
                .filter(status -> status != AccountStatus.ONLINE && status != AccountStatus.CONNECTING)
                .count();
    }

    /** Returns what has become of it by now; empty while it goes on. A trial in which nothing was sent shows nothing. */
    Optional<Happening> verdict(Instant now) {
        if (intolerable || errors() * 100 > (long) canary.errorPercent() * Math.max(served.get() + accounts, LEAST)) {
            return Optional.of(Happening.EXCEEDED);
        }
        boolean isOver = !now.isBefore(ends()) && served.get() > 0;
        return isOver ? Optional.of(Happening.PASSED) : Optional.empty();
    }

    /** Returns how it stood at an end. */
    ProviderTrial report(String provider, Instant since, String why) {
        State state = why.isEmpty() ? State.ON_TRIAL : State.TAKEN_BACK;
        return new ProviderTrial(
                provider, offer.version(), state, canary.percent(), since, ends(), served(), errors(), why);
    }

    /** Returns how it stands. */
    ProviderTrial report(String provider) {
        return report(provider, began, "");
    }

    Instant ends() {
        return began.plus(canary.length());
    }

    long served() {
        return served.get();
    }

    long errors() {
        return failed.get() + down;
    }

    /** Returns why it was taken back, for people. */
    String reason() {
        return intolerable
                ? plugin.conduct().last()
                : errors() + " errors in " + served() + " messages and " + accounts + " accounts, the budget is "
                        + canary.errorPercent() + " %";
    }
}
