// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.testkit.Journal.Callee;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How accounts end. */
abstract class EndClauses extends StagedClauses {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    EndClauses(ProviderContract vendor) {
        super(vendor);
    }

    private Account signedOut() {
        stage().signedIn(Stage.ALICE);
        stage().says(Stage.ALICE, "goodbye");
        Account account = stage().plugged().opened().get(0);
        stage().unplug();
        return account;
    }

    @Test
    @Clause(
            rule = "close() returns within ten seconds and lets go of every thread",
            written = Account.class,
            remedy = "close the sockets that your threads wait on, and shut your executors down")
    void closingLetsGoOfEveryThread() {
        Set<Thread> before = threads();
        signedOut();
        Set<Thread> left = new HashSet<>();
        stage().comes(MOMENT, () -> {
            left.addAll(threads());
            left.removeAll(before);
            left.removeIf(thread -> !thread.isAlive());
            return left.isEmpty();
        });
        Finding.unless(left.isEmpty(), "these threads still run: %s", names(left));
        stage().judge();
    }

    @Test
    @Clause(
            rule = "close() may be called twice",
            written = Account.class,
            remedy = "let the second call find nothing to do")
    void closingTwiceIsHarmless() {
        Account account = signedOut();
        try {
            account.close();
        } catch (RuntimeException thrown) {
            throw new Finding("the second close() threw " + thrown, thrown);
        }
        stage().judge();
    }

    @Test
    @Clause(
            rule = "close() may be called on an account that never connected",
            written = Account.class,
            remedy = "let close() take fields that connect() has not set yet")
    void closingBeforeConnectingIsHarmless() {
        stage().withoutLogIns().configured(Stage.ALICE);
        stage().await("open()", () -> !stage().plugged().opened().isEmpty());
        stage().unplug();
        Finding.unless(stage().journal().calls(Callee.PLUGIN, "close").size() == 1, "close() was not called");
        stage().judge();
    }

    @Test
    @Clause(
            rule = "After close() an account is silent",
            written = AccountContext.class,
            remedy = "stop what may still speak before close() returns; timers of context.after() stop by themselves")
    void anAccountIsSilentAfterClose() {
        stage().signedIn(Stage.ALICE);
        stage().says(Stage.ALICE, "goodbye");
        stage().unplug();
        int closed = stage().journal().size();
        stage().leap(Duration.ofHours(1));
        stage().linger(MOMENT);
        List<Journal.Call> since = stage().journal().toldAfter(closed).toList();
        Finding.unless(since.isEmpty(), "after close() had returned it said %s", since);
        stage().judge();
    }

    @Test
    @Clause(
            rule = "While an account closes its context dies: that surprises no thread of the plug-in",
            written = AccountContext.class,
            remedy = "take the IllegalStateException of a dead context for the end of the account, and end the thread")
    void closingWhileTheNetworkSpeaksThrowsNothingPastAnybody() {
        stage().signedIn(Stage.ALICE);
        for (int i = 0; i < 50; i++) {
            stage().say(Stage.ALICE, "number " + i);
        }
        stage().await("the first message to come back", () -> !vendor().heard().isEmpty());
        stage().unplug();
        stage().linger(MOMENT);
        List<Throwable> uncaught = vendor().output().uncaught();
        Finding.unless(uncaught.isEmpty(), "nobody caught %s", uncaught);
        stage().judge();
    }
}
