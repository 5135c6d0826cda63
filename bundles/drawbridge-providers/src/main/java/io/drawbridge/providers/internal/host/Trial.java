// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrial.State;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Principal;
import io.drawbridge.providers.internal.account.AccountStanding;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import io.drawbridge.providers.internal.host.Stage.Happening;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The trial of a plug-in's new version: a share of the own users is served by it, and its errors are counted. Thread-safe.
 */
final class Trial {
    /** Of fewer messages and accounts no rate is made: one error in two would be half of all. */
    private static final int LEAST = 20;

    /** So long accounts must fail in this version only: an outage reaches both, though not at the same moment. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** What a plug-in answers when the fault is its own; anything else is the network's word, or the sender's fault. */
    private static final Set<Condition> OWN_FAULT =
            EnumSet.of(Condition.INTERNAL_SERVER_ERROR, Condition.UNDEFINED_CONDITION);

    private final Offer offer;
    private final Plugin plugin;
    private final ProviderSettings.Canary canary;
    private final Instant began;
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean intolerable;
    private volatile int accounts;
    private volatile int failing;
    private volatile Instant withinBudget;

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
        withinBudget = began;
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

    /** Counts what became of a message that one of its accounts was given. */
    void count(DeliveryOutcome outcome) {
        if (!(outcome instanceof DeliveryOutcome.Failed failure)) {
            served.incrementAndGet();
            return;
        }
        switch (failure.reason()) {
            case ANSWERED_BY_PEER -> {
                served.incrementAndGet();
                if (OWN_FAULT.contains(failure.condition())) {
                    failed.incrementAndGet();
                }
            }
            case PROVIDER_FAILED, TIMED_OUT -> {
                served.incrementAndGet();
                failed.incrementAndGet();
            }
            default -> {
                // It never came to the plug-in: its account is not signed in, or too much waits.
            }
        }
    }

    /**
     * Takes how accounts stand now. As large a part of its own as fails in the version beside it is not its fault.
     *
     * @param own those it serves
     * @param others those of the version beside it
     */
    void accounts(List<AccountStanding> own, List<AccountStanding> others) {
        accounts = own.size();
        long anyway = others.isEmpty() ? 0 : (failing(others) * own.size() + others.size() - 1) / others.size();
        failing = (int) Math.max(0, failing(own) - anyway);
    }

    private static long failing(List<AccountStanding> standings) {
        return standings.stream().filter(AccountStanding::failing).count();
    }

    /** Returns what has become of it by now; empty while it goes on. A trial in which nothing was sent shows nothing. */
    Optional<Happening> verdict(Instant now) {
        if (!isTooMuch(errors())) {
            withinBudget = now;
        }
        if (intolerable || isTooMuch(failed.get()) || now.isAfter(withinBudget.plus(GRACE))) {
            return Optional.of(Happening.EXCEEDED);
        }
        boolean isOver = !now.isBefore(ends()) && served.get() > 0 && withinBudget.equals(now);
        return isOver ? Optional.of(Happening.PASSED) : Optional.empty();
    }

    private boolean isTooMuch(long errors) {
        return errors * 100 > (long) canary.errorPercent() * Math.max(served.get() + accounts, LEAST);
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
        return failed.get() + failing;
    }

    /** Returns why it was taken back, for people. */
    String reason() {
        return intolerable
                ? plugin.conduct().last()
                : errors() + " errors in " + served() + " messages and " + accounts + " accounts, the budget is "
                        + canary.errorPercent() + " %";
    }
}
