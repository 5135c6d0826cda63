// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.core.internal.policy.PolicyInForce;
import io.drawbridge.core.internal.policy.Snapshot;
import io.drawbridge.core.internal.safeguards.DiscoverySafeguards;
import java.util.Locale;

/**
 * The size of what policy rests on, and what the safeguards did.
 *
 * @param policy what decides
 * @param safeguards what limits
 * @param problems what is refused
 */
record CoreMetrics(PolicyInForce policy, DiscoverySafeguards safeguards, ConfigurationProblems problems)
        implements MetricSource {
    @Override
    public void collect(MetricSink sink) {
        Snapshot snapshot = policy.snapshot();
        domains(sink, "own", snapshot.edge().settings().sipDomains().size());
        domains(sink, "allowed", snapshot.allowed().size());
        domains(sink, "xmpp", snapshot.translated().size());
        domains(sink, "blocked", snapshot.blocked().size());
        sink.gauge(
                "drawbridge_hosting_providers",
                "Hosting providers configured",
                snapshot.providers().size());
        sink.gauge(
                "drawbridge_access_policies",
                "External access policies configured",
                snapshot.access().all().size());
        sink.gauge(
                "drawbridge_core_refused_settings",
                "Settings of the core that are refused at present",
                problems.problems().size());
        sink.gauge("drawbridge_watched_peers", "Discovered partners kept in mind", safeguards.watched());
        safeguards
                .refused()
                .forEach((reason, count) -> sink.counter(
                        "drawbridge_safeguard_refusals",
                        "Requests of discovered partners refused by a limit",
                        count,
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT)));
    }

    private static void domains(MetricSink sink, String list, int count) {
        sink.gauge("drawbridge_policy_domains", "Domains by list", count, "list", list);
    }
}
