// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.dns;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.FederationRecord;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks up how a domain wants to be reached by SIP federation: {@code _sipfederationtls._tcp} (interworking 1.8).
 * Answers are cached by their TTL within bounds, failures for a short time; concurrent questions for one domain share
 * one look-up. Thread-safe, never blocks.
 */
@ProviderType
public interface FederationLocator {
    /** Returns the record if the cache holds it; for event loops that want to go on at once. */
    Optional<FederationRecord> cached(DomainName domain);

    /**
     * Returns the record, from the cache or from DNS. Never completes exceptionally: a failure is a record with status
     * {@code FAILED}. Completes within the configured time-out, 5 seconds by default, on a thread of the resolver.
     */
    CompletionStage<FederationRecord> look(DomainName domain);
}
