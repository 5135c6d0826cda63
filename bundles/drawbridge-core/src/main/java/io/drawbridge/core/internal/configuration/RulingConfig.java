// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.policy.WatchedPeer;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The administrator's word on a discovered partner. */
@ObjectClassDefinition(
        factoryPid = RulingEntry.PID,
        name = "Drawbridge ruling on a discovered partner",
        description = "Lifts the limits of one discovered partner, or lets nothing of it pass")
@interface RulingConfig {
    @AttributeDefinition(
            name = "Certificate",
            description = "SHA-256 fingerprint in hexadecimal of the peer's certificate, with or without colons. "
                    + "Default: the instance's name.")
    String certificate() default "";

    @AttributeDefinition(
            name = "Ruling",
            description = "Allow: no limit applies. Block: nothing passes. None: as without a ruling.")
    WatchedPeer.Ruling ruling();

    @AttributeDefinition(name = "Comment", description = "For people, such as the certificate's subject.")
    String comment() default "";
}
