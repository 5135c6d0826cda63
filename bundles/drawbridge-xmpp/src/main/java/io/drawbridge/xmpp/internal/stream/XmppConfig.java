// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of XMPP federation as a whole. */
@ObjectClassDefinition(
        name = "Drawbridge XMPP federation",
        description =
                "Limits and times of the streams with XMPP partners, for all of them. A change acts at once on new"
                        + " streams, and on open ones where it is a time.")
public @interface XmppConfig {
    /** The PID. */
    String PID = "io.drawbridge.xmpp";

    @AttributeDefinition(
            name = "Connections",
            description =
                    "How many streams may be open at once, in both directions and with all partners together; more"
                            + " are refused with resource-constraint.",
            min = "2",
            max = "100000")
    int connectionLimit() default 1_000;

    @AttributeDefinition(
            name = "Connections per partner",
            description = "How many streams may be open at once with one partner, unless its own connectionLimit says"
                    + " otherwise.",
            min = "2",
            max = "10000")
    int partnerConnectionLimit() default 20;

    @AttributeDefinition(
            name = "Stanzas per second and partner",
            description =
                    "How many stanzas one partner may send a second, and five times as many at once, unless its own"
                            + " stanzasPerSecond says otherwise. How many messages may cross is io.drawbridge.exchange's matter.",
            min = "1",
            max = "1000000")
    int partnerStanzasPerSecond() default 1_000;

    @AttributeDefinition(
            name = "Unauthenticated connections per address",
            description = "How many streams that proved nothing yet may be open at once from one IP address.",
            min = "1",
            max = "1000")
    int unauthenticatedPerAddress() default 10;

    @AttributeDefinition(
            name = "Keep-alive interval",
            description = "Seconds within which a partner must send something, if its settings expect keep-alives;"
                    + " otherwise the stream is closed. Own streams send something twice as often.",
            min = "30",
            max = "3600")
    int keepAliveIntervalSeconds() default 300;

    @AttributeDefinition(
            name = "Establishment time-out",
            description =
                    "Seconds until a stream must be authenticated. What waits for it is answered with an error then.",
            min = "5",
            max = "25")
    int streamEstablishmentTimeoutSeconds() default 20;

    @AttributeDefinition(
            name = "Inactivity time-out",
            description =
                    "Seconds after which a stream without stanzas is closed; it is opened again when it is needed.",
            min = "60",
            max = "86400")
    int streamInactivityTimeoutSeconds() default 600;

    @AttributeDefinition(
            name = "Largest stanza",
            description =
                    "In bytes, of authenticated partners; they are told (XEP-0478). Before authentication it is 10000.",
            min = "10000",
            max = "4194304")
    int maxStanzaBytes() default 262_144;

    @AttributeDefinition(
            name = "Bidirectional streams",
            description = "Whether one stream may carry both directions if the partner's server can do so (XEP-0288).")
    boolean bidirectionalStreams() default true;

    @AttributeDefinition(
            name = "Stream management",
            description = "Whether stanzas are acknowledged if the partner's server can do so (XEP-0198).")
    boolean streamManagement() default true;

    @AttributeDefinition(
            name = "Dialback passphrase",
            description =
                    "From which dialback keys are made (XEP-0185). Edges that serve the same domains share it. Empty:"
                            + " made at random on each start.",
            type = AttributeType.PASSWORD)
    String _dialbackPassphrase() default "";
}
