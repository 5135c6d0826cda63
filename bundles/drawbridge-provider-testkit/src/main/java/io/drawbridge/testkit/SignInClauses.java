// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.testkit.Journal.Callee;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** How accounts sign in, and what they do when the network is lost. */
abstract class SignInClauses extends StagedClauses {
    private static final Duration QUIET = Duration.ofSeconds(2);

    SignInClauses(ProviderContract vendor) {
        super(vendor);
    }

    @Test
    @Clause(
            rule = "connect() returns within a second, and by and by the account is ONLINE",
            written = Account.class,
            remedy = "connect on a thread of your own or by non-blocking I/O, and say status(ONLINE) when signed in")
    void anAccountSignsIn() {
        stage().signedIn(Stage.ALICE, Stage.BOB);
        stage().judge();
    }

    @Test
    @Clause(
            rule = "connect() returns within a second even if nobody answers",
            written = Account.class,
            remedy = "wait for the network on a thread of your own, never in connect()")
    void connectReturnsEvenIfNobodyAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            towards(silent).configured(Stage.ALICE);
            stage().await("connect() to return", () -> stage().journal().calls(Callee.PLUGIN, "connect").stream()
                    .anyMatch(Journal.Call::hasEnded));
            stage().judge();
        }
    }

    @Test
    @Clause(
            rule = "While it signs in an account can be closed, within ten seconds",
            written = Account.class,
            remedy = "have close() close the socket that connect() waits on")
    void anAccountClosesWhileItSignsIn() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            towards(silent).configured(Stage.ALICE);
            stage().await("connect()", () -> !stage().journal()
                    .calls(Callee.PLUGIN, "connect")
                    .isEmpty());
            stage().unplug();
            int closed = stage().journal().size();
            stage().linger(Duration.ofSeconds(1));
            requireSilence(closed);
            stage().judge();
        }
    }

    private void requireSilence(int since) {
        Finding.unless(
                stage().journal().toldAfter(since).findAny().isEmpty(),
                "after close() had returned the account still said %s",
                stage().journal()
                        .toldAfter(since)
                        .map(Journal.Call::method)
                        .distinct()
                        .toList());
    }

    /** Leads every setting that names a server to one that takes connections and never says a word. */
    private Stage towards(ServerSocket silent) {
        Stream.concat(vendor().described().settings().stream(), vendor().described().accountSettings().stream())
                .filter(setting -> setting.type() == Setting.Type.SERVER)
                .forEach(setting -> stage().with(setting.key(), "127.0.0.1:" + silent.getLocalPort()));
        return stage();
    }

    @Test
    @Clause(
            rule = "An account that loses its network says so, and then waits until connect() comes again",
            written = Account.class,
            remedy = "say status(DISCONNECTED) and do nothing more: Drawbridge decides when to try again, so that an"
                    + " outage is never followed by a storm")
    void aLossIsToldAndTheAccountWaits() {
        stage().signedIn(Stage.ALICE);
        int before = stage().journal().size();
        vendor().cut();
        // What it said counts and not how it stands: one that goes on by itself may be back already.
        stage().await("the account to say that it lost its network", () -> statuses(before)
                .anyMatch(SignInClauses::isLoss));
        stage().linger(QUIET);
        List<Journal.Call> since =
                statuses(before).dropWhile(call -> !isLoss(call)).skip(1).toList();
        Finding.unless(
                since.isEmpty()
                        || stage().journal().calls(Callee.PLUGIN, "connect").size() > 1,
                "after it was disconnected it went on by itself: %s",
                since);
        stage().judge();
    }

    private Stream<Journal.Call> statuses(int since) {
        return stage().journal().toldAfter(since).filter(call -> call.method().equals("status"));
    }

    private static boolean isLoss(Journal.Call status) {
        return status.arguments().get(0) != AccountStatus.ONLINE;
    }

    @Test
    @Clause(
            rule = "connect() comes again after a loss, on the same account, and signs in again",
            written = Account.class,
            remedy = "leave nothing of the lost connection behind when saying DISCONNECTED")
    void afterALossConnectSignsInAgain() {
        stage().signedIn(Stage.ALICE);
        vendor().cut();
        stage().await("the account to say that it lost its network", () -> !stage().status(Stage.ALICE)
                .equals(Optional.of(AccountStatus.ONLINE)));
        stage().leap(Duration.ofHours(2));
        stage().awaitOnline();
        stage().says(Stage.ALICE, "back again");
        stage().await("the message to be heard", () -> vendor().heard().contains("back again"));
        stage().judge();
    }

    @Test
    @Clause(
            rule = "Refused credentials are BAD_CREDENTIALS or BLOCKED, and are not tried again",
            written = AccountStatus.class,
            remedy = "tell a refusal from an outage: DISCONNECTED is tried again for ever, and locks the account")
    void refusedCredentialsAreSaidSo() {
        Principal user = Stage.ALICE;
        String name = vendor().described().accounts() == AccountScope.SHARED ? "" : user.toString();
        vendor().refusedSettings(name)
                .orElseThrow(() -> new TestAbortedException(
                        "override refusedSettings() to show what happens when the network refuses credentials"))
                .forEach(stage()::with);
        stage().configured(user);
        stage().await("the account to say that it was refused", () -> stage().status(user)
                .filter(status -> status != AccountStatus.CONNECTING)
                .isPresent());
        AccountStatus status = stage().status(user).orElseThrow();
        Finding.unless(!status.isTriedAgain(), "the account is %s", status);
        stage().leap(Duration.ofDays(1));
        stage().linger(Duration.ofMillis(500));
        Finding.unless(
                stage().journal().calls(Callee.PLUGIN, "connect").size() == 1
                        && !stage().status(user).orElseThrow().isTriedAgain(),
                "a day later it is %s",
                stage().status(user).orElseThrow());
        stage().judge();
    }
}
