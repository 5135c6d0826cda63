// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.xmpp.internal.codec.Escaped;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.StreamCondition;

/** The texts this appliance says between stanzas. */
final class Markup {
    static final String END = "</stream:stream>";
    static final String START_TLS = "<starttls xmlns='" + Namespaces.TLS + "'/>";
    static final String PROCEED = "<proceed xmlns='" + Namespaces.TLS + "'/>";
    static final String SUCCESS = "<success xmlns='" + Namespaces.SASL + "'/>";
    static final String ENABLE = "<enable xmlns='" + Namespaces.ACKS + "'/>";
    static final String ENABLED = "<enabled xmlns='" + Namespaces.ACKS + "'/>";
    static final String ACK_WANTED = "<r xmlns='" + Namespaces.ACKS + "'/>";
    static final String TOO_MANY_STANZAS = "<too-many-stanzas xmlns='" + Namespaces.ERRORS + "'/>";
    static final String EXTERNAL = "EXTERNAL";

    private Markup() {}

    /** The header of a stream; with an identifier if it answers the peer's. */
    static String header(String from, String to, String id) {
        return "<?xml version='1.0'?><stream:stream xmlns='" + Namespaces.SERVER + "' xmlns:stream='"
                + Namespaces.STREAM
                + "' xmlns:db='" + Namespaces.DIALBACK + "'" + attribute("from", from) + attribute("to", to)
                + attribute("id", id) + " version='1.0' xml:lang='en'>";
    }

    /** Asks to be sent stanzas on an own stream too (XEP-0288 section 2), as large as they may be (XEP-0478 section 3). */
    static String bidi(StreamLimits limits) {
        return "<bidi xmlns='" + Namespaces.BIDI + "'>" + limits.xml() + "</bidi>";
    }

    static String auth(String mechanism, String response) {
        return "<auth xmlns='" + Namespaces.SASL + "' mechanism='" + mechanism + "'>" + response + "</auth>";
    }

    static String response(String response) {
        return "<response xmlns='" + Namespaces.SASL + "'>" + response + "</response>";
    }

    static String saslFailure(String condition) {
        return "<failure xmlns='" + Namespaces.SASL + "'><" + condition + "/></failure>";
    }

    static String ack(long handled) {
        return "<a xmlns='" + Namespaces.ACKS + "' h='" + handled + "'/>";
    }

    /** Ends a stream; {@code detail} is an element that says more (RFC 6120 section 4.9.4), or empty. */
    static String error(StreamCondition condition, String detail) {
        return "<stream:error><" + condition.element() + " xmlns='" + Namespaces.STREAM_ERRORS + "'/>" + detail
                + "</stream:error>";
    }

    /** Asks the receiving domain to take this stream for the originating one's. */
    static String result(DomainName originating, DomainName receiving, String key) {
        return "<db:result" + between(originating.unicode(), receiving.unicode()) + ">" + key + "</db:result>";
    }

    static String resultIs(String receiving, String originating, String type) {
        return "<db:result" + between(receiving, originating) + attribute("type", type) + "/>";
    }

    static String resultError(String receiving, String originating, String condition) {
        return "<db:result" + between(receiving, originating) + " type='error'><error type='cancel'><" + condition
                + " xmlns='" + Namespaces.STANZA_ERRORS + "'/></error></db:result>";
    }

    /** Asks the authoritative domain whether a key is one of its own. */
    static String verify(DomainName receiving, DomainName originating, String stream, String key) {
        return "<db:verify" + between(receiving.unicode(), originating.unicode()) + attribute("id", stream) + ">"
                + Escaped.xml(key) + "</db:verify>";
    }

    static String verifyIs(String originating, String receiving, String stream, String type) {
        return "<db:verify" + between(originating, receiving) + attribute("id", stream) + attribute("type", type)
                + "/>";
    }

    static String ping(DomainName own, DomainName partner, String id) {
        return "<iq type='get'" + between(own.unicode(), partner.unicode()) + attribute("id", id) + "><ping xmlns='"
                + Namespaces.PING + "'/></iq>";
    }

    private static String between(String from, String to) {
        return attribute("from", from) + attribute("to", to);
    }

    private static String attribute(String name, String value) {
        return value.isEmpty() ? "" : " " + name + "='" + Escaped.xml(value) + "'";
    }
}
