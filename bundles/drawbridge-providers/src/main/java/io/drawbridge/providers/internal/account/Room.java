// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that messages may take until they have their outcome, wherever they are meanwhile: their number alone would
 * bound short ones only. Thread-safe.
 */
public final class Room {
    /** How many characters the messages of one provider may have. */
    static final long OF_PROVIDER = 16 << 20;

    /** How many of these one user's account may take. */
    static final long OF_USER = 1 << 20;

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

    /** Returns a part of it that one user's account may fill. */
    Room ofUser() {
        return new Room(OF_USER, Optional.of(this));
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
