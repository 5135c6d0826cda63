// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the ledger is kept. */
@ObjectClassDefinition(
        pid = LedgerConfig.PID,
        name = "Drawbridge ledger",
        description =
                "The durable record of who may see whose presence across protocols, of aliases and of presence last "
                        + "seen")
@interface LedgerConfig {
    String PID = "io.drawbridge.ledger";

    @AttributeDefinition(
            name = "URL",
            description =
                    "jdbc:h2:file:PATH for an embedded database, or jdbc:postgresql://HOST/DATABASE. Default: an "
                            + "embedded one in the appliance's data folder. A change reads the other database; nothing is moved.")
    String url() default "";

    @AttributeDefinition(name = "User", description = "The database's user.")
    String user() default "drawbridge";

    @AttributeDefinition(name = "Password", description = "The user's password.", type = AttributeType.PASSWORD)
    String _password() default "";
}
