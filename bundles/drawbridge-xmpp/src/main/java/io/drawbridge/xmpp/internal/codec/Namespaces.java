// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

/** The namespaces of server-to-server streams. */
public final class Namespaces {
    /** Stanzas on these streams. */
    public static final String SERVER = "jabber:server";
    /** The same stanzas as clients know them. */
    public static final String CLIENT = "jabber:client";
    /** The stream itself (RFC 6120 section 4.8.1). */
    public static final String STREAM = "http://etherx.jabber.org/streams";
    /** Conditions of stream errors. */
    public static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
    /** Conditions of stanza errors. */
    public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    /** STARTTLS (RFC 6120 section 5). */
    public static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    /** SASL (RFC 6120 section 6). */
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    /** Dialback (XEP-0220). */
    public static final String DIALBACK = "jabber:server:dialback";
    /** The stream feature that announces dialback. */
    public static final String DIALBACK_FEATURE = "urn:xmpp:features:dialback";
    /** Bidirectional streams (XEP-0288). */
    public static final String BIDI = "urn:xmpp:bidi";
    /** The stream feature that announces them. */
    public static final String BIDI_FEATURE = "urn:xmpp:features:bidi";
    /** Stream management (XEP-0198). */
    public static final String ACKS = "urn:xmpp:sm:3";
    /** Stream limits (XEP-0478). */
    public static final String LIMITS = "urn:xmpp:stream-limits:0";
    /** Ping (XEP-0199). */
    public static final String PING = "urn:xmpp:ping";

    /** Conditions that say more than those of RFC 6120 (XEP-0205). */
    public static final String ERRORS = "urn:xmpp:errors";

    private Namespaces() {}
}
