// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.dns.FederationLocator;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether the name servers answer: asks them what partners would ask, the federation record of an own domain. */
@Component(property = {HealthCheck.NAME + "=dns", HealthCheck.TAGS + "=drawbridge"})
public final class DnsCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FederationLocator locator;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policy policy;

    @Override
    public Result execute() {
        FederationLocator names = locator;
        Policy rules = policy;
        if (names == null) {
            return new Report()
                    .add(Level.CRITICAL, "the edge transport is not running", "start the bundle drawbridge-net")
                    .result();
        }
        Optional<DomainName> own = rules == null
                ? Optional.empty()
                : rules.edge().sipDomains().stream().sorted().findFirst();
        return own.map(domain ->
                        judge(domain, names.look(domain).toCompletableFuture().join()))
                .orElseGet(() -> new Report().ok("not asked: the edge has no domain yet"))
                .result();
    }

    static Report judge(DomainName domain, FederationRecord record) {
        return record.status() == FederationRecord.Status.FAILED
                ? new Report()
                        .add(
                                Level.CRITICAL,
                                "no answer for " + domain + ": " + record.detail(),
                                Reason.DNS_FAILED.remedy())
                : new Report().ok("name servers answer: " + record.detail());
    }
}
