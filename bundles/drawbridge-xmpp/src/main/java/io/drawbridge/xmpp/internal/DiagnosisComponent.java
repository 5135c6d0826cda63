// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.xmpp.internal.diagnosis.XmppDiagnosis;
import io.drawbridge.xmpp.internal.stream.Gateway;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the diagnosis of XMPP beside the streams; it is asked before SIP, which takes what is nobody else's. */
@Component(
        service = Diagnosis.class,
        property = {Diagnosis.PROTOCOL + "=" + Gateway.PROTOCOL, Constants.SERVICE_RANKING + ":Integer=1"})
public final class DiagnosisComponent implements Diagnosis {
    private final XmppDiagnosis diagnosis;

    /** Tests with the streams that run. */
    @Activate
    public DiagnosisComponent(@Reference XmppComponent streams) {
        diagnosis = streams.diagnosis();
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
