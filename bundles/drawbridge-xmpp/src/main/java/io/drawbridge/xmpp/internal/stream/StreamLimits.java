// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import java.time.Duration;
import java.util.Optional;

/**
 * What one end of a stream takes from the other (XEP-0478). Who answers a stream says it in its features, who opens one in
 * its wish to be sent stanzas there too.
 *
 * @param octets of the largest stanza; empty if there is no limit
 * @param idle after which the stream may be closed if nothing was sent; empty if that is not said
 */
record StreamLimits(Optional<Integer> octets, Optional<Duration> idle) {
    /** No server may take less (RFC 6120 section 13.12). */
    private static final int LEAST_OCTETS = 10_000;

    private static final int LEAST_IDLE_SECONDS = 10;

    /** Returns what this appliance takes. */
    static StreamLimits of(XmppSettings settings) {
        return new StreamLimits(Optional.of(settings.largestStanza()), Optional.of(settings.inactivity()));
    }

    /** Reads what the peer says within another element; a limit that is no number is none. */
    static StreamLimits within(Element said) {
        Optional<Element> limits = said.child(Namespaces.LIMITS, "limits");
        return new StreamLimits(
                number(limits, "max-bytes").map(octets -> Math.max(LEAST_OCTETS, octets)),
                number(limits, "idle-seconds")
                        .map(seconds -> Duration.ofSeconds(Math.max(LEAST_IDLE_SECONDS, seconds))));
    }

    private static Optional<Integer> number(Optional<Element> limits, String name) {
        return limits.flatMap(known -> known.child(Namespaces.LIMITS, name))
                .map(known -> known.text().strip())
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }

    /** Returns these limits, and others where these say nothing. */
    StreamLimits or(StreamLimits others) {
        return new StreamLimits(octets.or(others::octets), idle.or(others::idle));
    }

    String xml() {
        return "<limits xmlns='" + Namespaces.LIMITS + "'>"
                + octets.map(most -> "<max-bytes>" + most + "</max-bytes>").orElse("")
                + idle.map(time -> "<idle-seconds>" + time.toSeconds() + "</idle-seconds>")
                        .orElse("")
                + "</limits>";
    }
}
