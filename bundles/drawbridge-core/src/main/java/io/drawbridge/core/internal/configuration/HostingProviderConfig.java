// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.model.VerificationLevel;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A hosting provider (lync-edge 16.3); its identity is the instance's name. */
@ObjectClassDefinition(
        factoryPid = HostingProvider.PID,
        name = "Drawbridge hosting provider",
        description = "A third party whose server speaks for every domain whose SRV record leads to it, if the domain "
                + "is allowed or discovery is on")
@interface HostingProviderConfig {
    @AttributeDefinition(
            name = "Proxy FQDN",
            description = "The provider's server, and port if not 5061. No other provider, partner or next hop may "
                    + "have it.")
    String proxyFqdn();

    @AttributeDefinition(name = "Enabled", description = "False: nothing passes from or to the provider.")
    boolean enabled() default false;

    @AttributeDefinition(
            name = "Verification level",
            description = "How far the provider's word about its users is taken.")
    VerificationLevel verificationLevel() default VerificationLevel.ALWAYS_VERIFIABLE;

    @AttributeDefinition(
            name = "Enabled shared address space",
            description = "Split domain: the provider hosts some of the users of the own SIP domains, so it may send "
                    + "for them, and what the home sends to an own domain goes there. One enabled provider at most.")
    boolean enabledSharedAddressSpace() default false;
}
