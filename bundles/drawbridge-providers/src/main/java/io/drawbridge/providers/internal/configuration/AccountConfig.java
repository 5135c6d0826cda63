// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** An account with a public provider; its plug-in's own keys stand beside these. */
@ObjectClassDefinition(
        factoryPid = AccountConfig.PID,
        name = "Drawbridge provider account",
        description = "An account with a public provider. The plug-in's own keys, which drawbridge:providers explains,"
                + " stand beside these.")
public @interface AccountConfig {
    /** The factory PID. */
    String PID = "io.drawbridge.provider.account";

    @AttributeDefinition(name = "Provider", description = "The provider's identifier, as in io.drawbridge.provider~ID.")
    String provider();

    @AttributeDefinition(
            name = "User",
            description = "The address of the own user it belongs to. Empty for an account that serves all own users.")
    String user() default "";
}
