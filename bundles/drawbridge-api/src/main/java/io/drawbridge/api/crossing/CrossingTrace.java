// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.crossing;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The last crossings, kept in memory up to a configured number. Thread-safe. */
@ProviderType
public interface CrossingTrace {
    /** Returns the crossings that match, newest first, at most {@code limit}. */
    List<Crossing> last(Filter filter, int limit);

    /**
     * Tells of each crossing from now on that matches, when it has finished.
     *
     * @param follower called on event loops: returns at once, does no I/O, throws nothing
     * @return ends it when closed; a call under way may still come through
     */
    Following follow(Filter filter, Consumer<Crossing> follower);

    /** A follower is told until this is closed. */
    @FunctionalInterface
    interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Which crossings are wanted; an empty member means any.
     *
     * @param user part of the sender's or recipient's address, case-insensitive
     * @param domain the sender's or recipient's domain
     * @param peer part of the name of the peer it came from or went to, case-insensitive
     * @param reason the reason
     */
    record Filter(Optional<String> user, Optional<DomainName> domain, Optional<String> peer, Optional<Reason> reason) {
        /** Every crossing. */
        public static final Filter ANY =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
