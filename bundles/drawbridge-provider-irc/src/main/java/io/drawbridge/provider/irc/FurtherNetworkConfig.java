// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One more IRC network. */
@ObjectClassDefinition(
        factoryPid = FurtherNetworkConfig.PID,
        name = "Drawbridge IRC network",
        description =
                "One more network that speaks IRC, besides the provider irc. An instance NAME is the provider irc-NAME,"
                        + " configured and enabled as every provider.")
public @interface FurtherNetworkConfig {
    /** The factory PID. */
    String PID = "io.drawbridge.irc";

    /** The name for people. */
    @AttributeDefinition(
            name = "Name",
            description = "The network's name, for people. Empty: the provider's identifier.",
            required = false)
    String name() default "";
}
