// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All configuration of providers and accounts as Config Admin holds it, and what follows from it. Immutable; a change of
 * configuration or of a plug-in's description gives a new one. Where a PID is refused, its last good version stays.
 */
public final class Standing {
    /** Before anything is configured. */
    public static final Standing NOTHING = new Standing(new TreeMap<>(), Map.of(), Map.of(), Map.of());

    private final SortedMap<String, Map<String, Object>> written;
    private final Map<String, Declared> plugins;
    private final Map<String, ProviderSettings> providers = new TreeMap<>();
    private final Map<String, AccountEntry> accounts = new TreeMap<>();
    private final List<RefusedAccount> refusedAccounts = new ArrayList<>();
    private final List<InvalidSetting> problems = new ArrayList<>();

    private Standing(
            SortedMap<String, Map<String, Object>> written,
            Map<String, Declared> plugins,
            Map<String, ProviderSettings> goodProviders,
            Map<String, AccountEntry> goodAccounts) {
        this.written = written;
        this.plugins = Map.copyOf(plugins);
        written.forEach((pid, properties) -> {
            if (Instances.isOf(ProviderConfig.PID, pid)) {
                read(
                        pid,
                        goodProviders,
                        providers,
                        () -> ProviderSettings.read(
                                pid, properties, Optional.ofNullable(plugins.get(Instances.name(pid))), problems));
            }
        });
        Set<Served> served = new HashSet<>();
        written.forEach((pid, properties) -> {
            if (Instances.isOf(AccountConfig.PID, pid)) {
                read(
                        pid,
                        goodAccounts,
                        accounts,
                        () -> single(
                                AccountEntry.read(
                                        pid, properties, id -> Optional.ofNullable(plugins.get(id)), problems),
                                served));
            }
        });
        written.forEach((pid, properties) -> {
            if (Instances.isOf(AccountConfig.PID, pid) && !accounts.containsKey(pid)) {
                refusedAccounts.add(RefusedAccount.of(pid, properties, problems(pid)));
            }
        });
        implied();
    }

    private List<InvalidSetting> problems(String pid) {
        return problems.stream().filter(problem -> problem.pid().equals(pid)).toList();
    }

    /** Whom an account serves on which network. */
    private record Served(String provider, Optional<Principal> user) {}

    private static AccountEntry single(AccountEntry account, Set<Served> served) throws InvalidSetting {
        if (!served.add(new Served(account.provider(), account.user()))) {
            throw new InvalidSetting(
                    account.pid(),
                    "user",
                    account.user().map(Principal::toString).orElse(""),
                    "has another account with the same provider already");
        }
        return account;
    }

    private void implied() {
        Set<String> having = new HashSet<>();
        accounts.values().forEach(account -> having.add(account.provider()));
        refusedAccounts.forEach(account -> having.add(account.provider()));
        for (ProviderSettings provider : providers.values()) {
            if (!having.contains(provider.id())) {
                Optional.ofNullable(plugins.get(provider.id()))
                        .flatMap(plugin -> AccountEntry.implied(provider, plugin))
                        .ifPresent(account -> accounts.put(account.pid(), account));
            }
        }
    }

    private <T> void read(String pid, Map<String, T> good, Map<String, T> into, Reader<T> reader) {
        try {
            into.put(pid, reader.read());
        } catch (InvalidSetting invalid) {
            problems.addAll(invalid.all());
            Optional.ofNullable(good.get(pid)).ifPresent(last -> into.put(pid, last));
        }
    }

    /** Reads one PID. */
    @FunctionalInterface
    private interface Reader<T> {
        T read() throws InvalidSetting;
    }

    /**
     * Returns what stands after changes.
     *
     * @param changes by PID: the new properties, or empty for a deletion; PIDs of others are ignored
     */
    public Standing with(Map<String, Optional<Map<String, Object>>> changes) {
        SortedMap<String, Map<String, Object>> after = new TreeMap<>(written);
        Map<String, ProviderSettings> goodProviders = new HashMap<>(providers);
        Map<String, AccountEntry> goodAccounts = new HashMap<>(accounts);
        changes.forEach((pid, properties) -> {
            if (!Instances.isOf(ProviderConfig.PID, pid) && !Instances.isOf(AccountConfig.PID, pid)) {
                return;
            }
            if (properties.isPresent()) {
                after.put(pid, properties.get());
            } else {
                after.remove(pid);
                goodProviders.remove(pid);
                goodAccounts.remove(pid);
            }
        });
        return new Standing(after, plugins, goodProviders, goodAccounts);
    }

    /**
     * Returns what stands once a plug-in has described itself; what it said stays known when it goes. What was good for an
     * account before anybody knew its keys, or by those of another version, is good no longer.
     */
    public Standing knowing(Declared plugin) {
        String id = plugin.description().id();
        Map<String, Declared> after = new HashMap<>(plugins);
        Map<String, AccountEntry> good = new HashMap<>(accounts);
        if (!plugin.equals(after.put(id, plugin))) {
            good.values().removeIf(account -> account.provider().equals(id));
        }
        return new Standing(written, after, providers, good);
    }

    /** Returns what the plug-in of a provider said of itself, if it was ever there. */
    public Optional<Declared> plugin(String id) {
        return Optional.ofNullable(plugins.get(id));
    }

    /** Returns the providers in force, by identifier. */
    public List<ProviderSettings> providers() {
        return List.copyOf(providers.values());
    }

    /** Returns the accounts in force of a provider. */
    public List<AccountEntry> accounts(String provider) {
        return accounts.values().stream()
                .filter(account -> account.provider().equals(provider))
                .toList();
    }

    /** Returns the accounts that are configured and not in force. */
    public List<RefusedAccount> refusedAccounts() {
        return List.copyOf(refusedAccounts);
    }

    /** Returns what is refused, by PID. */
    public List<InvalidSetting> problems() {
        return List.copyOf(problems);
    }
}
