// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.home;

import io.drawbridge.api.model.Address;
import java.time.Instant;

/**
 * A question that waits for a word of a user of the embedded home: may this watcher see the user's presence?
 *
 * @param user who is to say, folded
 * @param watcher who asks, folded
 * @param origin how sure it is that the watcher is who it says
 * @param displayName what the watcher calls itself, empty if it does not say; written by the watcher, so not to be trusted;
 *     at most {@value #LONGEST_NAME} characters and no control character
 * @param since when the watcher asked; who goes on asking does so again each day
 */
public record Question(Address user, Address watcher, Origin origin, String displayName, Instant since) {
    /** How long a name may be. */
    public static final int LONGEST_NAME = 128;

    /** How a watcher's address is vouched for. */
    public enum Origin {
        /** A user of this home who proved who he is. */
        INSIDE,
        /** Somebody outside whom his own server vouches for. */
        VERIFIED,
        /** Somebody outside whom nobody vouches for. */
        UNVERIFIED
    }

    /** Leaves out what a name may not hold, and what is too long of it. */
    public Question {
        String clean = displayName.replaceAll("\\p{Cc}", "");
        displayName = clean.substring(
                0,
                clean.length() <= LONGEST_NAME
                        ? clean.length()
                        : Character.isHighSurrogate(clean.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME);
    }
}
