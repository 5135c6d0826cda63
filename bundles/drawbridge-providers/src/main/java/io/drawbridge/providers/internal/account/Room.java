// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.provider.AccountSettings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that messages may take until they have their outcome, wherever they are meanwhile, or presence for as long as
 * it is shown: their number alone would bound short ones only. Thread-safe.
 */
public final class Room {
    /** How many characters one presence document may have; one as long as this is no presence any more. */
    static final int LONGEST_PRESENCE = 1 << 15;

    /** How many characters everything of one provider may have. */
    static final long OF_PROVIDER = 16 << 20;

    /** How many of these one user's account may take. */
    static final long OF_USER = 1 << 20;

    private static final int MOST_OF_USER = 1000;

    /** What a thousand messages a second are in {@link Delivery#LONGEST_WAIT}. */
    private static final int MOST_OF_ALL = 20_000;

    /** What everything takes besides its text, and each of its parts. */
    private static final int ENVELOPE = 256;

    private static final int PART = 64;

    private final long most;
    private final Optional<Room> whole;
    private final AtomicLong taken = new AtomicLong();

    private Room(long most, Optional<Room> whole) {
        this.most = most;
        this.whole = whole;
    }

    /** Returns the room of a provider. */
    public static Room ofProvider() {
        return new Room(OF_PROVIDER, Optional.empty());
    }

    /** Returns what of it an account may fill: a part, or all of it if it serves all users. */
    Room of(AccountSettings account) {
        return account.user().isPresent() ? new Room(OF_USER, Optional.of(this)) : this;
    }

    /** Returns how many messages may wait for an account, however short they are. */
    static int mostWaiting(AccountSettings account) {
        return account.user().isPresent() ? MOST_OF_USER : MOST_OF_ALL;
    }

    /** Returns how many characters a message takes. */
    static int size(Message message) {
        return ENVELOPE
                + message.subject().length()
                + message.bodies().stream()
                        .map(Body::text)
                        .mapToInt(String::length)
                        .sum();
    }

    /** Returns how many characters a presence document takes. */
    static int size(PresenceDocument document) {
        return ENVELOPE
                + document.instances().stream()
                        .mapToInt(instance -> PART
                                + instance.instance().length()
                                + instance.notes().stream()
                                        .mapToInt(note -> PART + note.text().length())
                                        .sum())
                        .sum();
    }

    /** Takes so many characters; returns false, and takes none, if there is no room for them. */
    boolean take(int characters) {
        boolean fits = taken.addAndGet(characters) <= most
                && whole.map(room -> room.take(characters)).orElse(true);
        if (!fits) {
            taken.addAndGet(-characters);
        }
        return fits;
    }

    /** Gives back what was taken. */
    void giveBack(int characters) {
        taken.addAndGet(-characters);
        whole.ifPresent(room -> room.giveBack(characters));
    }
}
