// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.model.PeerIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Whether the own certificates are usable and for how long: a warning from when they should be renewed, critical in the
 * last quarter of that time and at most seven days.
 */
@Component(property = {HealthCheck.NAME + "=certificates", HealthCheck.TAGS + "=drawbridge"})
public final class CertificatesCheck implements HealthCheck {
    private static final Duration CRITICAL = Duration.ofDays(7);
    private static final int CRITICAL_PART = 4;

    private final Clock clock;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Identities identities;

    /** Judges by the system's clock. */
    @Activate
    public CertificatesCheck() {
        this(Clock.systemUTC());
    }

    CertificatesCheck(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Result execute() {
        Identities own = identities;
        return own == null
                ? new Report()
                        .add(Level.CRITICAL, "the edge transport is not running", "start the bundle drawbridge-net")
                        .result()
                : judge(own.identities(), Instant.now(clock)).result();
    }

    static Report judge(List<IdentityStatus> identities, Instant now) {
        Report report = new Report();
        if (identities.isEmpty()) {
            return report.add(
                    Level.CRITICAL, "there is no certificate", "drawbridge:certificates csr NAME HOST, or test-ca");
        }
        for (IdentityStatus identity : identities) {
            identity.certificate()
                    .ifPresentOrElse(
                            certificate -> judge(report, identity, certificate, now),
                            () -> report.add(
                                    identity.usedBy().isEmpty() ? Level.WARNING : Level.CRITICAL,
                                    identity.name() + " is not usable: " + identity.why(),
                                    "mend io.drawbridge.net.identity~" + identity.name()));
        }
        return report;
    }

    private static void judge(Report report, IdentityStatus identity, PeerIdentity certificate, Instant now) {
        Instant end = certificate.notAfter();
        Instant renewal = identity.renewFrom().orElse(end);
        Duration left = Duration.between(now, end);
        String renew = "drawbridge:certificates csr " + identity.name() + " HOST, then import";
        if (left.isNegative()) {
            report.add(Level.CRITICAL, identity.name() + " expired at " + end, renew);
        } else if (!identity.why().isEmpty()) {
            report.add(Level.CRITICAL, identity.name() + " is not usable: " + identity.why(), renew);
        } else if (!now.isBefore(renewal)) {
            report.add(
                    left.compareTo(critical(Duration.between(renewal, end))) < 0 ? Level.CRITICAL : Level.WARNING,
                    identity.name() + " expires in " + Report.count((int) left.toDays(), "day"),
                    renew);
        } else {
            report.ok(identity.name() + " is valid for " + Report.count((int) left.toDays(), "day"));
        }
    }

    private static Duration critical(Duration renewal) {
        Duration part = renewal.dividedBy(CRITICAL_PART);
        return part.compareTo(CRITICAL) < 0 ? part : CRITICAL;
    }
}
