// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Blocked domains (lync-edge 16.2). */
@ObjectClassDefinition(
        factoryPid = BlockedDomains.PID,
        name = "Drawbridge blocked domains",
        description = "Domains nothing passes from or to, whatever else is allowed")
@interface BlockedDomainsConfig {
    @AttributeDefinition(
            name = "Domains",
            description = "One or many domains, each exactly as written, without its subdomains. Default: the "
                    + "instance's name. Wins over the allowed list.")
    String[] domain() default {};

    @AttributeDefinition(name = "Comment", description = "For people.")
    String comment() default "";
}
