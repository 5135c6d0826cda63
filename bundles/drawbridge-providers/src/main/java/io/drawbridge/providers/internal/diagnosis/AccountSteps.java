// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.diagnosis;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Reason.Fault;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.providers.internal.configuration.AccountConfig;
import io.drawbridge.providers.internal.configuration.ProviderConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether somebody has an account with a network, and whether that account is signed in. */
final class AccountSteps {
    private static final String ACCOUNT = "account";
    private static final String SIGN_IN = "sign-in";
    private static final Step LATER = Step.skipped(ACCOUNT, "looked at once the provider is enabled");
    /** With a wrong server all of them are not signed in, and the first few say why. */
    private static final int MOST_SHOWN = 10;

    private AccountSteps() {}

    /** Returns how the account stands that carries what a user does; of two that serve all, during a trial, both. */
    static List<Step> carrying(ProviderStatus provider, List<ProviderAccountStatus> accounts, Principal user) {
        if (!isWanted(provider)) {
            return List.of(LATER);
        }
        List<ProviderAccountStatus> carriers = of(accounts, Optional.of(user));
        if (carriers.isEmpty()) {
            carriers = of(accounts, Optional.empty());
        }
        if (carriers.isEmpty()) {
            return List.of(none(provider, user));
        }
        List<Step> steps = new ArrayList<>();
        for (ProviderAccountStatus account : carriers) {
            String whose = account.user().isPresent() ? " of " + user : " serves all";
            steps.add(Step.ok(ACCOUNT, account.name() + whose, Duration.ZERO));
            steps.add(standing(account));
        }
        return steps;
    }

    /** Returns how many accounts are signed in, and how some of the others stand. */
    static List<Step> all(ProviderStatus provider, List<ProviderAccountStatus> accounts) {
        if (!isWanted(provider)) {
            return List.of(LATER);
        }
        if (accounts.isEmpty()) {
            return List.of(PluginSteps.failed(
                    ACCOUNT, Reason.NO_ACCOUNT, "nobody has one", "drawbridge:providers explain " + provider.id()));
        }
        List<Step> steps = new ArrayList<>();
        String count = provider.online() + " of " + accounts.size() + " signed in";
        steps.add(provider.online() > 0 ? Step.ok(ACCOUNT, count, Duration.ZERO) : Step.skipped(ACCOUNT, count));
        accounts.stream()
                .filter(account ->
                        account.status().filter(AccountStatus.ONLINE::equals).isEmpty())
                .limit(MOST_SHOWN)
                .map(AccountSteps::standing)
                .forEach(steps::add);
        return steps;
    }

    private static boolean isWanted(ProviderStatus provider) {
        return provider.state() != State.UNCONFIGURED
                && provider.state() != State.DISABLED
                && provider.state() != State.ENDED;
    }

    private static List<ProviderAccountStatus> of(List<ProviderAccountStatus> accounts, Optional<Principal> user) {
        return accounts.stream().filter(account -> account.user().equals(user)).toList();
    }

    private static Step none(ProviderStatus provider, Principal user) {
        Optional<ProviderDescription> network = provider.description();
        boolean isShared =
                network.filter(known -> known.accounts() == AccountScope.SHARED).isPresent();
        String name = isShared ? provider.id() : user.local();
        List<String> keys = new ArrayList<>();
        keys.add("provider = " + provider.id());
        if (!isShared) {
            keys.add("user = " + user);
        }
        network.stream()
                .flatMap(known -> known.accountSettings().stream())
                .filter(setting -> setting.fallback().isEmpty())
                .map(Setting::key)
                .forEach(keys::add);
        return PluginSteps.failed(
                ACCOUNT,
                Reason.NO_ACCOUNT,
                isShared ? "it has none that serves all" : user.toString(),
                "write " + String.join(", ", keys) + " into " + file(AccountConfig.PID + "~" + name)
                        + "; drawbridge:providers explain " + provider.id() + " tells what each is");
    }

    /** File Install reads an instance of a factory from a file of this name. */
    private static String file(String pid) {
        return "etc/" + pid.replace('~', '-') + ".cfg";
    }

    private static Step standing(ProviderAccountStatus account) {
        if (account.status().isEmpty()) {
            return Step.skipped(SIGN_IN, account.name() + " waits for the plug-in");
        }
        return switch (account.status().get()) {
            case ONLINE ->
                Step.ok(SIGN_IN, account.name() + " is signed in since " + time(account.since()), Duration.ZERO);
            case CONNECTING ->
                account.nextTry().map(turn -> waits(account, turn)).orElseGet(() -> signsIn(account));
            case DISCONNECTED -> comesBack(account, "it is not connected");
            case THROTTLED -> comesBack(account, "the network asks for patience");
            case REPLACED -> comesBack(account, "the user signed in elsewhere, which ended it");
            case BAD_CREDENTIALS ->
                failed(
                        account,
                        "the network refuses its credentials",
                        Fault.CONFIGURATION,
                        "correct them in " + file(account.pid()) + "; it signs in as soon as they change");
            case MISCONFIGURED ->
                failed(
                        account,
                        "a setting breaks a rule",
                        Fault.CONFIGURATION,
                        "correct it in " + file(account.pid()) + "; it signs in as soon as that changes");
            case BLOCKED ->
                failed(
                        account,
                        "the network locked it",
                        Fault.PEER,
                        "have the network unlock it, then save " + file(account.pid()) + " with a change");
        };
    }

    private static Step waits(ProviderAccountStatus account, Instant turn) {
        String pid = ProviderConfig.PID + "~" + account.provider();
        return failed(
                account,
                "its turn to sign in comes at about " + time(turn),
                Fault.CONFIGURATION,
                "wait, or let more sign in at once than the network may like: config:property-set -p " + pid
                        + " logInsPerMinute NUMBER");
    }

    private static Step signsIn(ProviderAccountStatus account) {
        return failed(
                account,
                "it signs in since " + time(account.since()) + ", and messages wait for 20 s at most",
                Fault.PEER,
                command(account) + " shows what comes of it");
    }

    private static Step comesBack(ProviderAccountStatus account, String what) {
        String when = account.nextTry()
                .map(at -> "it is tried again at " + time(at) + "; ")
                .orElse("");
        return failed(account, what, Fault.PEER, when + command(account) + " shows each try");
    }

    private static String command(ProviderAccountStatus account) {
        return "drawbridge:accounts --provider " + account.provider();
    }

    private static Step failed(ProviderAccountStatus account, String what, Fault fault, String remedy) {
        String said = account.detail().isEmpty() ? "" : ": " + account.detail();
        String detail = account.name() + ": " + what + said + " (" + fault.text() + ")";
        return Step.failed(SIGN_IN, detail, Duration.ZERO, remedy);
    }

    private static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
