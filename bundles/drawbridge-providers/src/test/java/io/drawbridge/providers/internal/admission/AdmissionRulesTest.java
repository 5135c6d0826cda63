// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose plug-ins may start, by what they ask, by whom they are signed and by what the administrator wants. */
class AdmissionRulesTest {
    private static final AdmissionRules LENIENT = new AdmissionRules(false, new Signers(Set.of()));

    @TempDir
    Path folder;

    private Applicant applicant(Instant installed, TrialSigner... signers) throws Exception {
        Path jar = TrialJar.write(folder.resolve("trial.jar"));
        for (TrialSigner signer : signers) {
            signer.signs(jar);
        }
        return new Applicant("vendor.network", "1.0.0", installed, Optional.empty(), TrialJar.signature(jar));
    }

    @Test
    void anUnsignedPlugInMayStartIfNoSignatureIsRequired() throws Exception {
        assertThat(LENIENT.refusal(applicant(Instant.now()))).isEmpty();
    }

    @Test
    void aPlugInThatAsksWhatItMayNotIsRefusedWhoeverSignedIt() throws Exception {
        TrialSigner vendor = new TrialSigner(folder, "vendor");
        Signature signature = applicant(Instant.now(), vendor).signature();
        Applicant greedy =
                new Applicant("vendor.network", "1.0.0", Instant.now(), Optional.of("it imports too much"), signature);
        assertThat(new AdmissionRules(true, vendor.asOnlySigner()).refusal(greedy))
                .contains("it imports too much");
    }

    @Test
    void aFlawedSignatureIsRefusedEvenIfNoneIsRequired() {
        Applicant tampered = new Applicant(
                "vendor.network",
                "1.0.0",
                Instant.now(),
                Optional.empty(),
                new Signature(List.of(), Optional.of("it does not cover a.class")));
        assertThat(LENIENT.refusal(tampered)).contains("its signature does not hold: it does not cover a.class");
    }

    @Test
    void onlyANamedSignerCountsIfASignatureIsRequired() throws Exception {
        TrialSigner vendor = new TrialSigner(folder, "vendor");
        TrialSigner stranger = new TrialSigner(folder, "stranger");
        AdmissionRules strict = new AdmissionRules(true, vendor.asOnlySigner());
        assertThat(strict.refusal(applicant(Instant.now(), vendor))).isEmpty();
        assertThat(strict.refusal(applicant(Instant.now(), vendor, stranger))).isEmpty();
        assertThat(strict.refusal(applicant(Instant.now(), stranger)))
                .contains("none of the signers of io.drawbridge.plugins signed it");
        assertThat(strict.refusal(applicant(Instant.now())))
                .contains("it is not signed, and io.drawbridge.plugins has signatureRequired=true");
    }

    @Test
    void aCertificateCountsThatWasValidWhenThePlugInWasInstalled() throws Exception {
        TrialSigner vendor = new TrialSigner(folder, "vendor", "-startdate", "-30d", "-validity", "20");
        AdmissionRules strict = new AdmissionRules(true, vendor.asOnlySigner());
        Instant now = Instant.now();
        assertThat(strict.refusal(applicant(now.minus(Duration.ofDays(15)), vendor)))
                .isEmpty();
        assertThat(strict.refusal(applicant(now, vendor))).isPresent();
    }

    @Test
    void aCertificateForAnotherPurposeSignsNothing() throws Exception {
        TrialSigner server = new TrialSigner(folder, "server", "-ext", "eku=serverAuth");
        TrialSigner vendor = new TrialSigner(folder, "vendor", "-ext", "eku=codeSigning");
        assertThat(new AdmissionRules(true, server.asOnlySigner()).refusal(applicant(Instant.now(), server)))
                .isPresent();
        assertThat(new AdmissionRules(true, vendor.asOnlySigner()).refusal(applicant(Instant.now(), vendor)))
                .isEmpty();
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> Signers.read(List.of(empty)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem");
    }
}
