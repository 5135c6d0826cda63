// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.Address;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The users as configured now. A bad change leaves the user as he was. Thread-safe. */
public final class UserTable {
    private final Map<String, User> byPid = new HashMap<>();
    private final Map<String, List<InvalidSetting>> problems = new ConcurrentHashMap<>();
    private final Map<Address, User> byAddress = new ConcurrentHashMap<>();
    private final List<Consumer<UserChange>> listeners = new CopyOnWriteArrayList<>();

    /** Returns the user with this address, in any case. */
    public Optional<User> find(Address address) {
        return Optional.ofNullable(byAddress.get(address.folded()));
    }

    /** Returns every user, by address. */
    public List<User> users() {
        return byAddress.values().stream()
                .sorted(Comparator.comparing(user -> user.address().toString()))
                .toList();
    }

    /** Returns what was refused and still stands in Config Admin. */
    public List<InvalidSetting> problems() {
        return problems.values().stream().flatMap(List::stream).toList();
    }

    /** Tells {@code listener} of every change, on the thread that made it. */
    public void onChange(Consumer<UserChange> listener) {
        listeners.add(listener);
    }

    /** Stops telling {@code listener}. */
    public void forget(Consumer<UserChange> listener) {
        listeners.remove(listener);
    }

    /**
     * Takes a user's configuration.
     *
     * @throws InvalidSetting if it is refused; the user stays as he was
     */
    public void put(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<UserConfig> settings;
        User before;
        User now;
        synchronized (byPid) {
            try {
                settings = Settings.read(UserConfig.class, pid, properties);
                now = User.of(pid, settings.value());
                checkUnique(pid, now.address());
            } catch (InvalidSetting refused) {
                problems.put(pid, refused.all());
                throw refused;
            }
            problems.put(pid, settings.unknownKeys());
            before = byPid.put(pid, now);
            byAddress.put(now.address(), now);
            if (before != null && !before.address().equals(now.address())) {
                byAddress.remove(before.address());
            }
        }
        tell(Optional.ofNullable(before), Optional.of(now));
    }

    /** Forgets a user whose configuration was deleted. */
    public void remove(String pid) {
        User before;
        synchronized (byPid) {
            problems.remove(pid);
            before = byPid.remove(pid);
            if (before != null) {
                byAddress.remove(before.address());
            }
        }
        tell(Optional.ofNullable(before), Optional.empty());
    }

    private void checkUnique(String pid, Address address) throws InvalidSetting {
        for (Map.Entry<String, User> entry : byPid.entrySet()) {
            if (!entry.getKey().equals(pid) && entry.getValue().address().equals(address)) {
                throw new InvalidSetting(pid, "address", address.toString(), "is taken already by " + entry.getKey());
            }
        }
    }

    private void tell(Optional<User> before, Optional<User> after) {
        UserChange change = new UserChange(before, after);
        listeners.forEach(listener -> listener.accept(change));
    }
}
