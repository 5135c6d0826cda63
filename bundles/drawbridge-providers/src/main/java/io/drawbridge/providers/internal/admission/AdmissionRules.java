// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.Optional;

/**
 * Whose plug-ins may start.
 *
 * @param signatureRequired whether they must be signed
 * @param signers whose signature counts; if nobody is named, anybody's
 */
record AdmissionRules(boolean signatureRequired, Signers signers) {
    /** Returns why a bundle may not start, as a sentence without a full stop; empty if it may. */
    Optional<String> refusal(Applicant applicant) {
        Optional<String> violation = applicant.violation();
        if (violation.isPresent()) {
            return violation;
        }
        Optional<String> flaw = applicant.signature().flaw();
        if (flaw.isPresent()) {
            return Optional.of("its signature does not hold: " + flaw.get());
        }
        if (!signatureRequired) {
            return Optional.empty();
        }
        if (applicant.signature().signers().isEmpty()) {
            return Optional.of("it is not signed, and " + AdmissionConfig.PID + " has signatureRequired=true");
        }
        return applicant.signature().signers().stream()
                        .anyMatch(signer -> signers.accept(signer, applicant.installed()))
                ? Optional.empty()
                : Optional.of("none of the signers of " + AdmissionConfig.PID + " signed it");
    }
}
