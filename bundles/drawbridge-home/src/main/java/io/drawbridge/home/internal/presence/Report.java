// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import java.util.Optional;

/** What one subscription tells its subscriber, and knows to have told already. Owned by the home's thread. */
interface Report {
    /** Returns the media type of what it tells. */
    String type();

    /** The subscription begins; {@code changed} is to run whenever there may be something new to tell. */
    void opened(Runnable changed);

    /**
     * Returns whether the subscriber may be told.
     *
     * @param before how it was until now; null at first
     */
    Handling handling(Handling before);

    /** The subscription stands so from now on: active or pending. */
    void stands(Handling handling);

    /** Returns all there is to tell; it counts as told. */
    String whole();

    /** Returns what has not been told yet; it counts as told. */
    Optional<String> news();

    /**
     * The subscription is over.
     *
     * @param reason as Subscription-State gives it (RFC 6665 section 4.1.3)
     */
    void ended(String reason);
}
