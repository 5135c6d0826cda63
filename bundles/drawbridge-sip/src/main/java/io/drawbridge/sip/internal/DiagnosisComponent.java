// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.sip.internal.diagnosis.SipDiagnosis;
import io.drawbridge.sip.internal.relay.Destinations;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the diagnosis of SIP beside the relay. */
@Component(service = Diagnosis.class, property = Diagnosis.PROTOCOL + "=" + Destinations.PROTOCOL)
public final class DiagnosisComponent implements Diagnosis {
    private final SipDiagnosis diagnosis;

    /** Works on the relay that runs. */
    @Activate
    public DiagnosisComponent(@Reference RelayComponent relay) {
        diagnosis = new SipDiagnosis(relay.relay(), relay, relay.homeLoop());
    }

    @Override
    public boolean serves(DomainName foreign) {
        return diagnosis.serves(foreign);
    }

    @Override
    public CompletionStage<Explanation> why(Address sender, Address recipient, TrafficKind kind) {
        return diagnosis.why(sender, recipient, kind);
    }

    @Override
    public CompletionStage<List<Step>> testPartner(DomainName domain) {
        return diagnosis.testPartner(domain);
    }
}
