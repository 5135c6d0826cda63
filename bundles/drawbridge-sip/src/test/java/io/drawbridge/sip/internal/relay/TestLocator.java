// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.net.dns.FederationLocator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows what a test put in, and answers questions when the test says so. */
public final class TestLocator implements FederationLocator {
    public final Map<DomainName, FederationRecord> cache = new HashMap<>();
    public final Map<DomainName, CompletableFuture<FederationRecord>> asked = new HashMap<>();

    @Override
    public Optional<FederationRecord> cached(DomainName domain) {
        return Optional.ofNullable(cache.get(domain));
    }

    @Override
    public CompletionStage<FederationRecord> look(DomainName domain) {
        return asked.computeIfAbsent(domain, key -> new CompletableFuture<>());
    }
}
