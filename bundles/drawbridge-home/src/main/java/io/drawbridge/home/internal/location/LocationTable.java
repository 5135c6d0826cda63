// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.location;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The bindings of all users. A binding ends when it expires, is removed, or its flow is gone, since there is no other
 * way to the client. Changed by the home's thread only; read by any.
 */
public final class LocationTable {
    private final Map<Address, List<Entry>> entries = new ConcurrentHashMap<>();
    private final Timers timers;
    private final InstantSource clock;
    private final Consumer<Address> changed;

    /**
     * Starts empty.
     *
     * @param changed is told of a user whose bindings became other ones; not of a refresh
     */
    public LocationTable(Timers timers, InstantSource clock, Consumer<Address> changed) {
        this.timers = timers;
        this.clock = clock;
        this.changed = changed;
    }

    /** Returns a user's bindings, the oldest first; empty if there are none. */
    public List<Binding> of(Address user) {
        return entries.getOrDefault(user, List.of()).stream()
                .map(Entry::binding)
                .toList();
    }

    /** Returns the binding with this Contact URI, whoever's it is. */
    public Optional<Binding> withContact(String uri) {
        return entries.values().stream()
                .flatMap(List::stream)
                .map(Entry::binding)
                .filter(binding -> binding.contact().equals(uri))
                .findFirst();
    }

    /** Returns how many users have bindings. */
    public int users() {
        return entries.size();
    }

    /** Returns how many bindings there are. */
    public int size() {
        return entries.values().stream().mapToInt(List::size).sum();
    }

    /** Adds a binding, or replaces the one with the same key. */
    public void put(Binding binding) {
        List<Entry> now = new ArrayList<>(entries.getOrDefault(binding.user(), List.of()));
        boolean replaced = now.removeIf(entry -> {
            boolean same = entry.binding.key().equals(binding.key());
            if (same) {
                entry.expiry.cancel();
            }
            return same;
        });
        Timers.Timer expiry = timers.after(
                Duration.between(clock.instant(), binding.expires()), () -> remove(binding.user(), binding.key()));
        now.add(new Entry(binding, expiry));
        entries.put(binding.user(), List.copyOf(now));
        if (!replaced) {
            changed.accept(binding.user());
        }
    }

    /** Removes one binding. */
    public void remove(Address user, String key) {
        List<Entry> now = new ArrayList<>(entries.getOrDefault(user, List.of()));
        boolean removed = now.removeIf(entry -> {
            boolean same = entry.binding.key().equals(key);
            if (same) {
                entry.expiry.cancel();
            }
            return same;
        });
        if (removed) {
            if (now.isEmpty()) {
                entries.remove(user);
            } else {
                entries.put(user, List.copyOf(now));
            }
            changed.accept(user);
        }
    }

    /** Removes every binding of a user. */
    public void removeAll(Address user) {
        of(user).forEach(binding -> remove(user, binding.key()));
    }

    /** Removes the bindings that were reached over a flow that is gone. */
    public void closed(SipFlow flow) {
        for (Address user : List.copyOf(entries.keySet())) {
            of(user).stream()
                    .filter(binding -> binding.flow().id().equals(flow.id()))
                    .forEach(binding -> remove(user, binding.key()));
        }
    }

    private record Entry(Binding binding, Timers.Timer expiry) {}
}
