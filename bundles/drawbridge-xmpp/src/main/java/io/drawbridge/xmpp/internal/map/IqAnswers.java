// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Condition;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.iqversion.packet.Version;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jivesoftware.smackx.time.packet.Time;
import org.jxmpp.util.XmppDateTime;

/**
 * What an own domain answers by itself: service discovery (XEP-0030), ping (XEP-0199), version (XEP-0092), time (XEP-0202).
 * Users answer nothing, whether they exist or not, so that nobody learns who does.
 */
final class IqAnswers {
    private static final String PRODUCT = "Drawbridge";
    private static final List<String> FEATURES = List.of(
            DiscoverInfo.NAMESPACE,
            DiscoverItems.NAMESPACE,
            Ping.NAMESPACE,
            Version.NAMESPACE,
            Time.NAMESPACE,
            "jid\\20escaping");

    private final Way way;
    private final String version;
    private final InstantSource clock;

    IqAnswers(Way way, String version, InstantSource clock) {
        this.way = way;
        this.version = version;
        this.clock = clock;
    }

    /** Takes an iq stanza. */
    void received(Received received, StreamPeer origin) {
        switch (received.type()) {
            case "get", "set" -> request(received, origin);
            // Nothing is asked of partners here, so an answer answers nothing.
            case "result", "error" -> way.ignore();
            default -> way.refuse(received.stanza(), origin, Condition.BAD_REQUEST, "an unknown type of iq");
        }
    }

    private void request(Received received, StreamPeer origin) {
        Stanza stanza = received.stanza();
        List<StandardExtensionElement> payload = received.content().getElements();
        if (received.id().isEmpty() || payload.size() != 1) {
            way.refuse(stanza, origin, Condition.BAD_REQUEST, "a request has an id and one child");
            return;
        }
        Optional<String> answer =
                received.recipient().principal().isDomain() && received.type().equals("get")
                        ? answer(payload.get(0))
                        : Optional.empty();
        if (answer.isPresent()) {
            way.send(Outgoing.answer(stanza, origin, "result", answer.get()));
        } else {
            way.refuse(stanza, origin, Condition.SERVICE_UNAVAILABLE, "");
        }
    }

    private Optional<String> answer(StandardExtensionElement query) {
        boolean ofNode = Elements.attribute(query, "node").isPresent();
        return switch (query.getNamespace()) {
            case Ping.NAMESPACE -> Optional.of("");
            case DiscoverInfo.NAMESPACE -> ofNode ? Optional.empty() : Optional.of(child(info()));
            case DiscoverItems.NAMESPACE -> ofNode ? Optional.empty() : Optional.of(child(new DiscoverItems()));
            case Version.NAMESPACE -> Optional.of(child(new Version(PRODUCT, version)));
            case Time.NAMESPACE -> Optional.of(child(time()));
            default -> Optional.empty();
        };
    }

    private static DiscoverInfo info() {
        return DiscoverInfo.builder("info")
                .addIdentity(new DiscoverInfo.Identity("gateway", PRODUCT, "sip"))
                .addFeatures(FEATURES)
                .build();
    }

    private Time time() {
        Time time = new Time();
        time.setType(IQ.Type.result);
        time.setUtc(XmppDateTime.formatXEP0082Date(Date.from(clock.instant())));
        time.setTzo("Z");
        return time;
    }

    private static String child(IQ iq) {
        iq.setType(IQ.Type.result);
        return iq.getChildElementXML().toString();
    }
}
