// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.sip.internal.relay.RelayHarness;
import io.drawbridge.sip.internal.relay.TestPeer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SipDiagnosisTest {
    private static final DomainName FABRIKAM = DomainName.of("fabrikam.example");
    private static final Address ANN = Address.of("ann@contoso.example");

    private final RelayHarness harness = new RelayHarness();
    private final SipDiagnosis diagnosis = new SipDiagnosis(harness.relay(), harness, harness.inProcessLoop());

    @Test
    void whyTellsTheVerdictOfAnOutboundMessage() {
        Explanation allowed = diagnosis
                .why(ANN, Address.of("bob@fabrikam.example"), TrafficKind.MESSAGE)
                .toCompletableFuture()
                .join();
        assertThat(allowed.verdict().allowed()).isTrue();

        Explanation refused = diagnosis
                .why(ANN, Address.of("eve@blocked.example"), TrafficKind.MESSAGE)
                .toCompletableFuture()
                .join();
        assertThat(refused.verdict().reason()).isEqualTo(Reason.DOMAIN_BLOCKED);
        assertThat(refused.steps()).last().extracting(Step::result).isEqualTo(Step.Result.SKIPPED);
    }

    @Test
    void whyLooksUpWhatPolicyNeedsAndSaysSo() {
        CompletableFuture<Explanation> why = diagnosis
                .why(ANN, Address.of("carl@discovered.example"), TrafficKind.MESSAGE)
                .toCompletableFuture();
        assertThat(why).isNotDone();
        harness.locator
                .asked
                .get(DomainName.of("discovered.example"))
                .complete(new FederationRecord(FederationRecord.Status.NONE, List.of(), "NXDOMAIN"));

        assertThat(why.join().verdict().reason()).isEqualTo(Reason.NO_FEDERATION_RECORD);
        assertThat(why.join().steps()).first().satisfies(step -> assertThat(step.result())
                .isEqualTo(Step.Result.FAILED));
    }

    @Test
    void whyOfAnInboundMessageAssumesTheCertificateThatDnsPromises() {
        CompletableFuture<Explanation> why = diagnosis
                .why(Address.of("bob@fabrikam.example"), ANN, TrafficKind.MESSAGE)
                .toCompletableFuture();
        harness.locator
                .asked
                .get(FABRIKAM)
                .complete(new FederationRecord(
                        FederationRecord.Status.FOUND, List.of(new HostPort("sip.fabrikam.example", 5061)), "found"));

        assertThat(why.join().verdict().allowed()).isTrue();
        assertThat(why.join().steps()).anyMatch(step -> step.detail().contains("sip.fabrikam.example"));
    }

    @Test
    void aPartnerThatAnswersPassesTheTest() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        CompletableFuture<List<Step>> test = diagnosis.testPartner(FABRIKAM).toCompletableFuture();
        harness.settle();
        partner.answers(partner.gets("OPTIONS sip:fabrikam.example"), 405, "Method Not Allowed");

        assertThat(test.join()).allMatch(step -> step.result() == Step.Result.OK);
        assertThat(test.join()).last().extracting(Step::detail).asString().contains("405");
    }

    @Test
    void aPartnerThatRefusesUsFailsTheTestWithARemedy() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        CompletableFuture<List<Step>> test = diagnosis.testPartner(FABRIKAM).toCompletableFuture();
        harness.settle();
        partner.answers(partner.gets("OPTIONS"), 403, "Forbidden");

        assertThat(test.join()).last().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Step.Result.FAILED);
            assertThat(step.remedy()).isNotEmpty();
        });
    }

    @Test
    void aPartnerThatDoesNotAnswerFailsTheTestInTime() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        CompletableFuture<List<Step>> test = diagnosis.testPartner(FABRIKAM).toCompletableFuture();
        harness.settle();
        partner.gets("OPTIONS");
        harness.advance(31);

        assertThat(test.join()).last().satisfies(step -> {
            assertThat(step.result()).isEqualTo(Step.Result.FAILED);
            assertThat(step.detail()).contains("504");
        });
    }

    @Test
    void aBlockedDomainFailsAtPolicy() {
        List<Step> steps = diagnosis
                .testPartner(DomainName.of("blocked.example"))
                .toCompletableFuture()
                .join();

        assertThat(steps).last().satisfies(step -> {
            assertThat(step.name()).isEqualTo("policy");
            assertThat(step.remedy()).contains("remove");
        });
    }
}
