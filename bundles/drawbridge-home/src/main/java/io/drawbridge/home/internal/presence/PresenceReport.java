// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.model.Address;
import io.drawbridge.home.internal.location.LocationTable;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserTable;
import io.drawbridge.lib.jainsip.WatcherInfo.Event;
import java.util.List;
import java.util.Optional;

/** Tells one watcher of a user's presence (RFC 3856), and the user of the watcher. Owned by the home's thread. */
final class PresenceReport implements Report {
    private final Address user;
    private final WatcherRecord record;
    private final Sources sources;
    private String told = "";

    PresenceReport(Address user, WatcherRecord record, Sources sources) {
        this.user = user;
        this.record = record;
        this.sources = sources;
    }

    @Override
    public String type() {
        return Pidf.MEDIA_TYPE;
    }

    @Override
    public void opened(Runnable changed) {
        sources.waiting.returned(user, record.watcher().address());
    }

    @Override
    public Handling handling(Handling before) {
        return sources.handling(user, record.watcher(), before);
    }

    @Override
    public void stands(Handling handling) {
        record.stands(handling);
    }

    @Override
    public String whole() {
        told = sources.document(user, record.watcher());
        return told;
    }

    @Override
    public Optional<String> news() {
        String before = told;
        return Optional.of(whole()).filter(now -> !now.equals(before));
    }

    @Override
    public void ended(String reason) {
        if (record.ended(reason)) {
            sources.waiting.add(user, record);
        }
    }

    /**
     * Where reports find what they tell.
     *
     * @param users the users
     * @param policy who may see whom
     * @param publications what is published
     * @param location who is registered
     * @param waiting who asked and went
     */
    record Sources(
            UserTable users,
            WatcherPolicy policy,
            Publications publications,
            LocationTable location,
            WaitingWatchers waiting) {
        /** Decides about a watcher; of a user who is no more there is nothing to be kept from anybody. */
        Handling handling(Address address, Watcher watcher, Handling before) {
            return users.find(address)
                    .map(user -> policy.handling(user, watcher, before))
                    .orElse(before == null ? Handling.BLOCK : before);
        }

        /** Ends the questions that the user, or a rule, has answered. */
        void reconsider(Address address) {
            Optional<User> found = users.find(address);
            waiting.reconsider(
                    address, watcher -> found.map(user -> answer(policy.handling(user, watcher, Handling.CONFIRM)))
                            .orElse(Optional.of(Event.NORESOURCE)));
        }

        private static Optional<Event> answer(Handling handling) {
            return switch (handling) {
                case ALLOW -> Optional.of(Event.APPROVED);
                case CONFIRM -> Optional.empty();
                case BLOCK -> Optional.of(Event.REJECTED);
            };
        }

        private String document(Address user, Watcher watcher) {
            boolean isSeen = users.find(user).isPresent() && handling(user, watcher, Handling.ALLOW) == Handling.ALLOW;
            return isSeen
                    ? Pidf.compose(
                            user, publications.of(user), !location.of(user).isEmpty())
                    : Pidf.compose(user, List.of(), false);
        }
    }
}
