// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.providers.internal.plugin.Time;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What the accounts of one provider share. Thread-safe, never blocks. */
public interface Network {
    /** Returns the provider's identifier. */
    String id();

    /** Returns where the provider is configured. */
    String pid();

    /** Takes that the plug-in refuses a setting for an account, or none any more. */
    void refused(HostedAccount account, Optional<InvalidSetting> setting);

    /** Returns the domains its addresses are at. */
    Set<DomainName> domains();

    /** Returns whether a domain is the organisation's own. */
    boolean isOwn(DomainName domain);

    /** Brings something from the network to the exchange; completes exactly once. */
    CompletionStage<DeliveryOutcome> bring(Event event);

    /** Returns whether as much is on its way to the exchange as may be; presence counts by itself. */
    boolean isFull();

    /** Returns the presence on its way to the exchange. */
    LatestPresence latestPresence();

    /** Returns the time and timers. */
    Time time();

    /** Returns who decides when an account may sign in. */
    LogIns logIns();

    /** Returns the memory that messages may take. */
    Room room();

    /** Returns the memory that what own users show may take. */
    Room presenceRoom();

    /** Returns what chance is made of. */
    RandomGenerator random();
}
