// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.model.VerificationLevel;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A public provider; its plug-in's own keys stand beside these. */
@ObjectClassDefinition(
        factoryPid = ProviderConfig.PID,
        name = "Drawbridge public provider",
        description = "A public IM network, reached by a plug-in. The instance's name is the plug-in's identifier. The"
                + " plug-in's own keys, which drawbridge:providers explains, stand beside these.")
public @interface ProviderConfig {
    /** The factory PID. */
    String PID = "io.drawbridge.provider";

    @AttributeDefinition(name = "Enabled", description = "Whether own users may talk to the network.")
    boolean enabled() default false;

    @AttributeDefinition(
            name = "Domains",
            description =
                    "The domains its addresses are at. Empty: those the plug-in names. A domain is on one list only,"
                            + " once.")
    String[] domains() default {};

    @AttributeDefinition(
            name = "Verification level",
            description = "AlwaysVerifiable: its users may write to own users unasked. AlwaysUnverifiable: only after"
                    + " the own user added them. UseSourceVerification: as its SIP gateway marks them, and as"
                    + " AlwaysUnverifiable for a network with accounts. Without a word here: what the plug-in presets.")
    VerificationLevel verificationLevel() default VerificationLevel.ALWAYS_VERIFIABLE;

    @AttributeDefinition(
            name = "Even though ended",
            description = "Whether it takes part although its network has ended, because something else answers in its"
                    + " place.")
    boolean evenThoughEnded() default false;

    @AttributeDefinition(
            name = "Threads",
            description = "How many threads the plug-in has, for all its accounts together.",
            min = "1",
            max = "32")
    int threads() default 2;

    @AttributeDefinition(
            name = "Log-ins per minute",
            description = "How many times a minute accounts may sign in, all together. More wait for their turn, also"
                    + " after a restart, so that the network never sees a storm.",
            min = "1",
            max = "6000")
    int logInsPerMinute() default 60;

    @AttributeDefinition(
            name = "Canary, percent",
            description =
                    "The share of own users, in percent, that a newer version of the plug-in serves while it is on"
                            + " trial beside the one that is there. 0: a newer version waits until the older one is removed.",
            min = "0",
            max = "50")
    int canaryPercent() default 0;

    @AttributeDefinition(
            name = "Canary, errors in percent",
            description =
                    "How many in a hundred messages and accounts may fail on trial, of twenty at least. With more,"
                            + " the new version is taken back at once. Refusals of the network count from ten in a"
                            + " hundred above those of the version beside it.",
            min = "0",
            max = "100")
    int canaryErrorPercent() default 5;

    @AttributeDefinition(
            name = "Canary, minutes",
            description = "How long the trial lasts, in minutes. Then the new version serves everybody.",
            min = "1",
            max = "10080")
    int canaryMinutes() default 60;

    @AttributeDefinition(
            name = "Proxy FQDN",
            description =
                    "The SIP gateway of the network, which its certificate must name. Empty: the one the plug-in"
                            + " names. No other provider, partner or next hop may have it. For a network with a SIP gateway only.")
    String proxyFqdn() default "";

    @AttributeDefinition(
            name = "Proxy port",
            description = "The port of the SIP gateway. 0: the plug-in's, or 5061 for a gateway written here. For a"
                    + " network with a SIP gateway only.",
            min = "0",
            max = "65535")
    int proxyPort() default 0;

    @AttributeDefinition(
            name = "Name decoration, routing domain",
            description = "People of the network at other domains are called user(domain) at this one there. Empty: as"
                    + " the plug-in says; none: nobody is. For a network with a SIP gateway only.")
    String nameDecorationRoutingDomain() default "";

    @AttributeDefinition(
            name = "Name decoration, excluded domains",
            description = "Domains whose people are called there as they are here; the routing domain is always one."
                    + " Empty: those the plug-in names. For a network with a SIP gateway only.")
    String[] nameDecorationExcludedDomainList() default {};
}
