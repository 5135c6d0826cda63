// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.LedgerDirectory;
import io.drawbridge.api.directory.LedgerStatus;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.policy.Reason;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether authorizations can be kept: critical if not, though messages flow meanwhile. */
@Component(property = {HealthCheck.NAME + "=ledger", HealthCheck.TAGS + "=drawbridge"})
public final class LedgerCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LedgerDirectory directory;

    @Override
    public Result execute() {
        LedgerDirectory kept = directory;
        return kept == null
                ? new Report()
                        .add(Level.CRITICAL, "there is no ledger", "start the bundle drawbridge-core")
                        .result()
                : judge(kept.ledger()).result();
    }

    static Report judge(LedgerStatus ledger) {
        Report report = new Report();
        switch (ledger.state()) {
            case OPENING -> report.ok("the ledger is being opened");
            case OPEN ->
                report.ok(ledger.place() + " is open, " + Report.count(ledger.waiting(), "write") + " waiting");
            case FAILED ->
                report.add(
                        Level.CRITICAL,
                        ledger.place() + " cannot be used since " + ledger.since() + ": " + ledger.why()
                                + ". Authorizations wait for it, messages do not",
                        Reason.LEDGER_FAILED.remedy());
        }
        if (!ledger.unreadable().isEmpty()) {
            report.add(
                    Level.WARNING,
                    ledger.place() + " holds what cannot be read and is left out: "
                            + String.join("; ", ledger.unreadable()),
                    "stop the appliance, mend or delete it in the database of io.drawbridge.ledger, and start it");
        }
        return report;
    }
}
