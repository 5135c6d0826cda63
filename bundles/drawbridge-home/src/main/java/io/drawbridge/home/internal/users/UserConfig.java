// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A user of the embedded home. */
@ObjectClassDefinition(
        factoryPid = UserConfig.FACTORY_PID,
        name = "Drawbridge home user",
        description = "A user of the embedded home. The shell command drawbridge:users writes it.")
public @interface UserConfig {
    /** The factory PID. */
    String FACTORY_PID = "io.drawbridge.home.user";

    /** The address of record. */
    @AttributeDefinition(
            name = "Address",
            description = "The address of record, user@domain; the domain is one of the edge's sipDomains.")
    String address();

    /** The name for people. */
    @AttributeDefinition(name = "Display name", description = "The name for people; may be empty.", required = false)
    String displayName() default "";

    /** The SHA-256 hash of the password. */
    @AttributeDefinition(
            name = "SHA-256 hash",
            type = AttributeType.PASSWORD,
            description = "SHA-256 over user:domain:password in lower-case hexadecimal (RFC 7616 section 3.4.2).")
    String _ha1Sha256();

    /** The MD5 hash of the password. */
    @AttributeDefinition(
            name = "MD5 hash",
            type = AttributeType.PASSWORD,
            required = false,
            description = "MD5 over user:domain:password in lower-case hexadecimal, for clients that know nothing"
                    + " better; without it such clients are refused.")
    String _ha1Md5() default "";

    /** Who may see the presence. */
    @AttributeDefinition(
            name = "Allowed watchers",
            required = false,
            description =
                    "Who may see the user's presence: user@domain, or domain for everybody there. Whoever is on no"
                            + " list waits until the user has decided. A sender"
                            + " whom the partner did not verify must be listed here even if allowAll is on.")
    String[] allow() default {};

    /** Who may not see the presence. */
    @AttributeDefinition(
            name = "Refused watchers",
            required = false,
            description = "Who may not see the user's presence and is told so: user@domain, or domain for everybody"
                    + " there. It outweighs the allow list and what the user agreed to.")
    String[] block() default {};

    /** Whether everybody may see the presence. */
    @AttributeDefinition(
            name = "Allow all watchers",
            required = false,
            description = "Whether every watcher whom the partner verified may see the user's presence.")
    boolean allowAll() default false;
}
