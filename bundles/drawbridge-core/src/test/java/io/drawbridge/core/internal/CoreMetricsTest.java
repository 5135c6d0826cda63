// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.policy.Envelope;
import io.drawbridge.core.internal.policy.PolicyInForce;
import io.drawbridge.core.internal.safeguards.DiscoverySafeguards;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the core says of itself. */
final class CoreMetricsTest {
    @Test
    void sizesRefusalsAndLimitsAreReported() {
        Configured edge = contosoWith("enablePartnerDiscovery", "true")
                .set(ALLOWED + "list", "domain", "a.example, b.example")
                .set(ALLOWED + "bad", "domain", "*")
                .set(HOSTING + "cloud", "proxyFqdn", "fed.cloud.example");
        PolicyInForce policy = new PolicyInForce();
        policy.replace(edge.snapshot());
        DiscoverySafeguards safeguards =
                new DiscoverySafeguards(() -> Instant.EPOCH, (certificate, ruling, comment) -> {});
        Envelope request = inbound("x@c.example", "bob@contoso.example", dns("sip.c.example"))
                .with(srv("sip.c.example"));
        for (int i = 0; i < 23; i++) {
            safeguards.admit(request, policy.decide(request));
        }
        assertThat(Numbers.of(new CoreMetrics(policy, safeguards, edge::problems)))
                .containsEntry("drawbridge_policy_domains own", 1.0)
                .containsEntry("drawbridge_policy_domains allowed", 2.0)
                .containsEntry("drawbridge_policy_domains blocked", 0.0)
                .containsEntry("drawbridge_hosting_providers", 1.0)
                .containsEntry("drawbridge_access_policies", 1.0)
                .containsEntry("drawbridge_core_refused_settings", 1.0)
                .containsEntry("drawbridge_watched_peers", 1.0)
                .containsEntry("drawbridge_safeguard_refusals rate_exceeded", 3.0)
                .containsEntry("drawbridge_safeguard_refusals too_many_contacts", 0.0)
                .containsEntry("drawbridge_safeguard_refusals peer_blocked", 0.0);
    }
}
