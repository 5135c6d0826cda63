// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whose plug-ins may start. */
@ObjectClassDefinition(
        pid = AdmissionConfig.PID,
        name = "Drawbridge plug-ins",
        description = "Whose plug-ins may start. What this appliance was shipped with always may")
@interface AdmissionConfig {
    String PID = "io.drawbridge.plugins";

    @AttributeDefinition(
            name = "Signature required",
            description =
                    "Whether a plug-in must be signed by one of the signers. Without it an unsigned one may start;"
                            + " one whose signature does not fit its content never may.")
    boolean signatureRequired() default false;

    @AttributeDefinition(
            name = "Signers",
            description = "Paths of PEM files with the certificates of those who sign plug-ins, or of the authorities"
                    + " that issued them. If there are any, a signature of somebody else counts as none.")
    String[] signers() default {};
}
