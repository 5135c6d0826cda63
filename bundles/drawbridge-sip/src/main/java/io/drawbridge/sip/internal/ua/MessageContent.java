// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Message;
import io.drawbridge.sip.internal.map.ComposingBody;
import io.drawbridge.sip.internal.map.Cpim;
import io.drawbridge.sip.internal.map.Imdn;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes what somebody said, typed or acknowledged into a MESSAGE (interworking 6.5, 6.8). */
final class MessageContent {
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String LANGUAGE_TAG = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*";

    private MessageContent() {}

    /**
     * Fills a request with what was said.
     *
     * @param receipts whether the recipient takes a wrapped message, so that receipts can be asked for
     */
    static OutgoingRequest said(OutgoingRequest request, Event.Said said, boolean receipts, Instant now) {
        Message message = said.message();
        Body body = plainest(message);
        if (!message.subject().isEmpty()) {
            request.header("Subject", message.subject());
        }
        if (body.language().matches(LANGUAGE_TAG)) {
            request.header("Content-Language", body.language());
        }
        message.sent()
                .ifPresent(sent -> request.header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .format(sent.atZone(ZoneOffset.UTC))
                                .replaceFirst("^(\\w+, )(\\d )", "$10$2")));
        if (!receipts || message.wanted().isEmpty()) {
            return request.body(TEXT, body.text());
        }
        String from = SipAddresses.uri(said.sender().principal());
        String to = SipAddresses.uri(said.recipient().principal());
        return request.body(Cpim.MEDIA_TYPE, Imdn.wrap(body.text(), message.id(), message.wanted(), from, to, now));
    }

    /** SIP clients show plain text; of several languages the first is taken. */
    private static Body plainest(Message message) {
        return message.bodies().stream()
                .filter(body -> body.mediaType().equals(Body.PLAIN))
                .findFirst()
                .orElse(message.bodies().get(0));
    }

    static OutgoingRequest typing(OutgoingRequest request, Event.Typing typing) {
        return request.body(ComposingBody.MEDIA_TYPE, ComposingBody.write(typing.state()));
    }

    static OutgoingRequest acknowledged(
            OutgoingRequest request, Event.Acknowledged acknowledged, String ownId, Instant now) {
        String from = SipAddresses.uri(acknowledged.sender().principal());
        String to = SipAddresses.uri(acknowledged.recipient().principal());
        return request.body(Cpim.MEDIA_TYPE, Imdn.write(acknowledged.receipt(), from, to, ownId, now));
    }
}
