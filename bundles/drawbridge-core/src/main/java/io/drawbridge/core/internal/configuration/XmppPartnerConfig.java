// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.partner.PartnerType;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** An XMPP partner (lync-edge 8.2). */
@ObjectClassDefinition(
        factoryPid = XmppPartnerEntry.PID,
        name = "Drawbridge XMPP partner",
        description = "An XMPP domain whose users and own users exchange messages and presence")
@interface XmppPartnerConfig {
    @AttributeDefinition(
            name = "Domain",
            description = "The partner's main domain, without its subdomains. Default: the instance's name.")
    String domain() default "";

    @AttributeDefinition(
            name = "Additional domains",
            description = "Further domains of the same partner. A domain is on one list only, once.")
    String[] additionalDomains() default {};

    @AttributeDefinition(name = "Description", description = "For people.")
    String description() default "";

    @AttributeDefinition(
            name = "Partner type",
            description = "Federated: its users may add own users, write unasked, and see presence and notes. "
                    + "PublicVerified: the same without the notes. PublicUnverified: only after the own user added "
                    + "them, and without the notes.")
    PartnerType partnerType() default PartnerType.PUBLIC_UNVERIFIED;

    @AttributeDefinition(
            name = "Proxy FQDN",
            description = "The partner's server, and port if not 5269. Empty: the domain's SRV records name it.")
    String proxyFqdn() default "";

    @AttributeDefinition(
            name = "TLS negotiation",
            description = "Required: no stream without TLS. Optional: the partner decides. NotSupported: never.")
    Negotiation tlsNegotiation() default Negotiation.REQUIRED;

    @AttributeDefinition(
            name = "SASL negotiation",
            description = "Whether the partner proves its domain by a certificate (SASL EXTERNAL). With Required and "
                    + "TLS, dialback has no effect.")
    Negotiation saslNegotiation() default Negotiation.REQUIRED;

    @AttributeDefinition(
            name = "Support dialback negotiation",
            description = "Whether the partner may prove its domain by dialback, which rests on DNS.")
    boolean supportDialbackNegotiation() default true;

    @AttributeDefinition(
            name = "Allow unencrypted",
            description = "Whether a stream may stay without TLS; dialback without TLS needs it. Anybody on the way "
                    + "can read and forge what passes.")
    boolean allowUnencrypted() default false;

    @AttributeDefinition(
            name = "Enable keep-alive",
            description = "Whether the partner must send something within keepAliveInterval of io.drawbridge.xmpp, or "
                    + "its stream is closed.")
    boolean enableKeepAlive() default true;

    @AttributeDefinition(
            name = "Connection limit",
            description = "Streams open with the partner at once. 0: partnerConnectionLimit of io.drawbridge.xmpp.",
            min = "0",
            max = "10000")
    int connectionLimit() default 0;

    @AttributeDefinition(
            name = "Stanzas per second",
            description =
                    "How many stanzas the partner may send a second, on all its streams together, and five times as"
                            + " many at once. What goes beyond is refused with resource-constraint and too-many-stanzas; a"
                            + " partner that goes on sending twice as many loses the stream. 0: partnerStanzasPerSecond of"
                            + " io.drawbridge.xmpp.",
            min = "0",
            max = "1000000")
    int stanzasPerSecond() default 0;
}
