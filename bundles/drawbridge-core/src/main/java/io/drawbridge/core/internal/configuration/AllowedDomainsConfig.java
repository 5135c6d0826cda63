// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.NameVerification;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Allowed domains that share one agreement (lync-edge 16.2). */
@ObjectClassDefinition(
        factoryPid = AllowedDomains.PID,
        name = "Drawbridge allowed domains",
        description = "Partners this organisation talks to: one domain, or many that share the same settings")
@interface AllowedDomainsConfig {
    @AttributeDefinition(
            name = "Domains",
            description = "One or many domains, each exactly as written, without its subdomains. Default: the "
                    + "instance's name. A domain is on one list only, once.")
    String[] domain() default {};

    @AttributeDefinition(
            name = "Proxy FQDN",
            description = "The partner's edge server, and port if not 5061. Set: only that server speaks for the "
                    + "domains. Empty: the domain's SRV record _sipfederationtls._tcp names it.")
    String proxyFqdn() default "";

    @AttributeDefinition(name = "Comment", description = "For people.")
    String comment() default "";

    @AttributeDefinition(
            name = "Mark for monitoring",
            description = "Crossings are also counted by domain, in drawbridge_monitored_crossings.")
    boolean markForMonitoring() default false;

    @AttributeDefinition(
            name = "Verification level",
            description = "How far the partner's word about its own users is taken.")
    VerificationLevel verificationLevel() default VerificationLevel.USE_SOURCE_VERIFICATION;

    @AttributeDefinition(
            name = "Name verification",
            description = "Which name in the partner's certificate must fit: the SIP domain, the server's host, one "
                    + "of both, or one of both with a pinned certificate or key.")
    NameVerification nameVerification() default NameVerification.EITHER;

    @AttributeDefinition(
            name = "Pins",
            description = "SHA-256 fingerprints in hexadecimal of certificates or public keys, with or without "
                    + "colons, for the name verification Pinned.")
    String[] pins() default {};
}
