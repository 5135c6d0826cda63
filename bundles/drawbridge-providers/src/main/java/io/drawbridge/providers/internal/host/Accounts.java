// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.providers.internal.account.AccountStanding;
import io.drawbridge.providers.internal.account.Ending;
import io.drawbridge.providers.internal.account.HostedAccount;
import io.drawbridge.providers.internal.account.Network;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The accounts of one provider, and whose each is. An account of one user is served by the plug-in that the user belongs to;
 * one that serves all is there twice while a new version is on trial. Looked up on any thread, changed on the host's.
 */
final class Accounts {
    private final Network network;
    private final Map<String, HostedAccount> byPid = new ConcurrentHashMap<>();
    private final Map<Optional<Principal>, HostedAccount> byUser = new ConcurrentHashMap<>();
    private volatile Optional<Share> share = Optional.empty();

    /** The part of an account for all that a trial serves. */
    private record Share(Trial trial, HostedAccount whole, HostedAccount account) {}

    Accounts(Network network) {
        this.network = network;
    }

    /** Returns whose account carries what a user does. */
    Optional<HostedAccount> of(Principal user) {
        HostedAccount own = byUser.get(Optional.of(user));
        if (own != null) {
            return Optional.of(own);
        }
        return share.filter(part -> part.trial().takes(user))
                .map(Share::account)
                .or(this::forAll);
    }

    /**
     * Makes the accounts the same as what is wanted, each in its plug-in.
     *
     * @param wanted what each is opened with, by PID
     * @param plugin who serves; empty if nobody does
     * @param trial who serves a share
     */
    void settle(Map<String, AccountSettings> wanted, Optional<Plugin> plugin, Optional<Trial> trial) {
        byPid.forEach((pid, account) -> {
            if (!wanted.containsKey(pid)) {
                byPid.remove(pid);
                account.end(Reason.NO_ACCOUNT).inOrder();
            }
        });
        wanted.forEach((pid, settings) -> {
            HostedAccount account = byPid.computeIfAbsent(pid, any -> new HostedAccount(pid, settings, network));
            Optional<Plugin> server = trial.filter(
                            tried -> settings.user().filter(tried::takes).isPresent())
                    .map(Trial::plugin)
                    .or(() -> plugin);
            server.ifPresent(serving -> settle(account, settings, serving));
        });
        byUser.values().retainAll(new HashSet<>(byPid.values()));
        byPid.values()
                .forEach(account -> byUser.put(account.standing().settings().user(), account));
        share.filter(part -> !byPid.containsValue(part.whole())).ifPresent(this::end);
        forAll().ifPresent(whole -> settleShare(whole, trial));
    }

    /** Returns the account that serves all who have none of their own. */
    private Optional<HostedAccount> forAll() {
        return Optional.ofNullable(byUser.get(Optional.<Principal>empty()));
    }

    private void settleShare(HostedAccount whole, Optional<Trial> trial) {
        share.filter(part -> part.account().isServedBy(part.trial().plugin()))
                .ifPresent(part -> settle(
                        part.account(), named(whole, part.trial()), part.trial().plugin()));
        trial.filter(tried -> share.isEmpty()).ifPresent(tried -> divide(whole, tried));
    }

    private void end(Share part) {
        part.account().end(Reason.NO_ACCOUNT).inOrder();
        share = Optional.empty();
    }

    private static void settle(HostedAccount account, AccountSettings settings, Plugin plugin) {
        boolean isOther = !account.standing().settings().equals(settings);
        if (isOther || !account.isServedBy(plugin)) {
            account.pause(Reason.PROVIDER_ABSENT, true).inOrder();
            account.start(plugin, settings);
        }
    }

    /** The users of the share wait until what the old version was given for them is settled, so that nothing is overtaken. */
    private void divide(HostedAccount whole, Trial trial) {
        AccountSettings settings = named(whole, trial);
        Share part = new Share(trial, whole, new HostedAccount(whole.standing().pid(), settings, network));
        share = Optional.of(part);
        whole.part(part.account(), trial::takes);
        whole.settled().whenComplete((done, none) -> network.time().after(Duration.ZERO, () -> {
            if (share.filter(part::equals).isPresent()) {
                part.account().start(trial.plugin(), settings);
            }
        }));
    }

    private static AccountSettings named(HostedAccount account, Trial trial) {
        AccountSettings whole = account.standing().settings();
        return new AccountSettings(
                whole.name() + ", " + trial.offer().version(),
                whole.user(),
                whole.domains(),
                whole.provider(),
                whole.account());
    }

    /** Takes every account out of the plug-in on trial; each goes on in the one that serves. */
    List<Ending> leave(Trial trial) {
        List<Ending> endings = new ArrayList<>();
        served(trial.plugin()).forEach(account -> endings.add(account.pause(Reason.PROVIDER_ABSENT, true)));
        share.filter(part -> part.trial() == trial).ifPresent(part -> {
            endings.add(part.account().pause(Reason.PROVIDER_ABSENT, true));
            // Until then its users find it, so that nothing overtakes what waits there.
            part.account().handOver(part.whole()).thenRun(() -> network.time()
                    .after(Duration.ZERO, () -> share = share.filter(other -> !other.equals(part))));
        });
        return endings;
    }

    private Stream<HostedAccount> served(Plugin plugin) {
        return byPid.values().stream().filter(account -> account.isServedBy(plugin));
    }

    /** Takes every account out of its plug-in but those of the one on trial. */
    List<Ending> leave(Reason why, boolean isPatient, Optional<Trial> but) {
        return byPid.values().stream()
                .filter(account ->
                        but.filter(trial -> account.isServedBy(trial.plugin())).isEmpty())
                .map(account -> account.pause(why, isPatient))
                .toList();
    }

    /** Ends every account for good. */
    List<Ending> end() {
        List<Ending> endings =
                all().map(account -> account.end(Reason.SHUTTING_DOWN)).toList();
        byPid.clear();
        byUser.clear();
        share = Optional.empty();
        return endings;
    }

    void giveUpWaiting() {
        byPid.values().forEach(HostedAccount::giveUpWaiting);
    }

    /** Returns how each stands. */
    List<AccountStanding> standings() {
        return all().map(HostedAccount::standing).toList();
    }

    /** Returns how those in the plug-in on trial stand. */
    List<AccountStanding> standings(Trial trial) {
        return standings(Optional.of(trial.plugin()));
    }

    /** Returns how those in a plug-in stand. */
    List<AccountStanding> standings(Optional<Plugin> plugin) {
        return all().filter(account -> plugin.filter(account::isServedBy).isPresent())
                .map(HostedAccount::standing)
                .toList();
    }

    private Stream<HostedAccount> all() {
        return Stream.concat(byPid.values().stream(), share.stream().map(Share::account));
    }
}
