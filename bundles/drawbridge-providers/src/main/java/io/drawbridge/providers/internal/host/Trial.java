// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrial.State;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Principal;
import io.drawbridge.providers.internal.account.AccountStanding;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import io.drawbridge.providers.internal.host.Stage.Happening;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The trial of a plug-in's new version: a share of the own users is served by it, and its errors are counted. Thread-safe.
 */
final class Trial {
    /** Of fewer messages and accounts no rate is made: one error in two would be half of all. */
    private static final int LEAST = 20;

    /**
     * So many more of a hundred messages may the network refuse than in the version beside it: each has its own users, who
     * write to people of their own.
     */
    private static final int MORE_REFUSED = 10;

    /** So long something must fail in this version only: an outage reaches both, though not at the same moment. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Offer offer;
    private final Plugin plugin;
    private final ProviderSettings.Canary canary;
    private final Instant began;
    private final Score own = new Score();
    private final Score beside = new Score();
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

    /** Counts what became of a message of an own user, in this version or in the one beside it. */
    void count(Principal sender, DeliveryOutcome outcome) {
        (takes(sender) ? own : beside).count(outcome);
    }

    /**
     * Returns how many messages too many the network refused, as this version tells. As large a part as it refuses in the
     * version beside it, and {@link #MORE_REFUSED} besides, is its word. Of few messages there nothing follows.
     */
    private long refusedTooMany() {
        if (beside.served() < LEAST) {
            return 0;
        }
        long percent = beside.refused() * 100 / beside.served() + MORE_REFUSED;
        return Math.max(0, own.refused() - own.served() * percent / 100);
    }

    /**
     * Takes how accounts stand now. As large a part of its own as fails in the version beside it is not its fault.
     *
     * @param mine those it serves
     * @param others those of the version beside it
     */
    void accounts(List<AccountStanding> mine, List<AccountStanding> others) {
        accounts = mine.size();
        long anyway = others.isEmpty() ? 0 : (failing(others) * mine.size() + others.size() - 1) / others.size();
        failing = (int) Math.max(0, failing(mine) - anyway);
    }

    private static long failing(List<AccountStanding> standings) {
        return standings.stream().filter(AccountStanding::failing).count();
    }

    /**
     * Returns what has become of it by now; empty while it goes on. A trial in which nothing was sent, or everything refused,
     * shows nothing.
     */
    Optional<Happening> verdict(Instant now) {
        if (!isTooMuch(errors())) {
            withinBudget = now;
        }
        if (intolerable || isTooMuch(own.failed()) || now.isAfter(withinBudget.plus(GRACE))) {
            return Optional.of(Happening.EXCEEDED);
        }
        boolean hasSent = own.served() > own.refused() + own.failed();
        boolean isOver = !now.isBefore(ends()) && hasSent && withinBudget.equals(now);
        return isOver ? Optional.of(Happening.PASSED) : Optional.empty();
    }

    private boolean isTooMuch(long errors) {
        return errors * 100 > (long) canary.errorPercent() * Math.max(own.served() + accounts, LEAST);
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
        return own.served();
    }

    long errors() {
        return own.failed() + failing + refusedTooMany();
    }

    /** Returns why it was taken back, for people. */
    String reason() {
        return intolerable
                ? plugin.conduct().last()
                : errors() + " errors in " + served() + " messages and " + accounts + " accounts, the budget is "
                        + canary.errorPercent() + " %";
    }
}
