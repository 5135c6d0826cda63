// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;

/** What the elements between stanzas mean. */
enum Said {
    FEATURES(Namespaces.STREAM, "features"),
    START_TLS(Namespaces.TLS, "starttls"),
    PROCEED(Namespaces.TLS, "proceed"),
    TLS_FAILURE(Namespaces.TLS, "failure"),
    AUTH(Namespaces.SASL, "auth"),
    RESPONSE(Namespaces.SASL, "response"),
    CHALLENGE(Namespaces.SASL, "challenge"),
    ABORT(Namespaces.SASL, "abort"),
    SUCCESS(Namespaces.SASL, "success"),
    SASL_FAILURE(Namespaces.SASL, "failure"),
    RESULT(Namespaces.DIALBACK, "result"),
    VERIFY(Namespaces.DIALBACK, "verify"),
    BIDI(Namespaces.BIDI, "bidi"),
    ENABLE(Namespaces.ACKS, "enable"),
    ENABLED(Namespaces.ACKS, "enabled"),
    ACKS_FAILED(Namespaces.ACKS, "failed"),
    ACK_WANTED(Namespaces.ACKS, "r"),
    ACK(Namespaces.ACKS, "a"),
    /** Nothing this appliance knows. */
    UNKNOWN("", "");

    private final String namespace;
    private final String name;

    Said(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    static Said of(Element element) {
        for (Said said : values()) {
            if (element.is(said.namespace, said.name)) {
                return said;
            }
        }
        return UNKNOWN;
    }
}
