// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

/** What one subscription tells its subscriber, and knows to have told already. Owned by the user agent's thread. */
interface Report {
    /** Returns the media type of what it writes. */
    String type();

    /** A SUBSCRIBE was accepted, the first one or one that refreshes; {@code peer} is the home's server that sent it. */
    void accepted(Subscription subscription, String peer);

    /** Returns whether there is anything to be told yet. */
    boolean isReady();

    /** Returns how the subscription stands. */
    SubscriptionState state();

    /** Returns whether there is something that has not been told. */
    boolean isNews();

    /**
     * Writes what is told next; it counts as told. Empty if there is nothing to be seen.
     *
     * @param whole whether all is told again, and not what is new
     */
    String write(boolean whole);

    /** Writes the last words to a subscriber whose time is over; may be empty. */
    String farewell();

    /** The subscription is over. */
    void ended(Subscription subscription);
}
