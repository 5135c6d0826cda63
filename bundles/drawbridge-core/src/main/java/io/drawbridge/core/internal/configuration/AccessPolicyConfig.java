// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** An external access policy (lync-edge 9). */
@ObjectClassDefinition(
        factoryPid = AccessPolicyEntry.PID,
        name = "Drawbridge external access policy",
        description = "What own users may do across the edge. The nearest of tag, site and global applies whole; "
                + "without a global one nothing is allowed to those without a nearer one")
@interface AccessPolicyConfig {
    @AttributeDefinition(
            name = "Scope",
            description = "global, site:NAME or tag:NAME; a name alone means tag. Default: the instance's name.")
    String scope() default "";

    @AttributeDefinition(name = "Description", description = "What the policy is for; shown beside it.")
    String description() default "";

    @AttributeDefinition(
            name = "Members",
            description = "Of a tag: the users it is granted to, as user@domain. Of a site: own SIP domains whose "
                    + "users are homed there. Nobody and nothing may be in two of a kind; global has none.")
    String[] members() default {};

    @AttributeDefinition(name = "Enable federation access", description = "Users of federated organisations.")
    boolean enableFederationAccess() default false;

    @AttributeDefinition(
            name = "Enable XMPP access",
            description = "Users of XMPP partners; has effect only together with enableFederationAccess.")
    boolean enableXmppAccess() default false;

    @AttributeDefinition(name = "Enable public cloud access", description = "Users of public providers.")
    boolean enablePublicCloudAccess() default false;

    @AttributeDefinition(
            name = "Enable public cloud audio and video access",
            description = "Calls with public providers; needs enablePublicCloudAccess too.")
    boolean enablePublicCloudAudioVideoAccess() default false;

    @AttributeDefinition(name = "Enable outside access", description = "Signing in from outside.")
    boolean enableOutsideAccess() default false;
}
