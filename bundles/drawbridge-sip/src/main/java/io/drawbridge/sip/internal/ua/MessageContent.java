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

/**
 * What somebody said, typed or acknowledged, as SIP and MSRP carry it (interworking 6.5, 6.8).
 *
 * @param type the media type
 * @param language the language tag; empty if unknown
 * @param text the text
 */
record MessageContent(String type, String language, String text) {
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String CORRECTION = "* ";
    private static final String LANGUAGE_TAG = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*";

    /**
     * Writes what was said.
     *
     * @param envelope whether it goes in CPIM, by which receipts can be asked for
     */
    static MessageContent said(Event.Said said, boolean envelope, Instant now) {
        Message message = said.message();
        Body body = plainest(message);
        String language = body.language().matches(LANGUAGE_TAG) ? body.language() : "";
        // SIP cannot take back what was said; a reader sees by the mark that it is said again (interworking 5.8).
        String text = message.replaces().map(any -> CORRECTION + body.text()).orElse(body.text());
        if (!envelope) {
            return new MessageContent(TEXT, language, text);
        }
        String from = SipAddresses.uri(said.sender().principal());
        String to = SipAddresses.uri(said.recipient().principal());
        return new MessageContent(
                Cpim.MEDIA_TYPE, language, Imdn.wrap(text, message.id(), message.wanted(), from, to, now));
    }

    /**
     * Fills a MESSAGE with what was said.
     *
     * @param receipts whether the recipient takes a wrapped message, so that receipts can be asked for
     */
    static OutgoingRequest said(OutgoingRequest request, Event.Said said, boolean receipts, Instant now) {
        Message message = said.message();
        MessageContent content = said(said, receipts && !message.wanted().isEmpty(), now);
        if (!message.subject().isEmpty()) {
            request.header("Subject", message.subject());
        }
        if (!content.language().isEmpty()) {
            request.header("Content-Language", content.language());
        }
        message.sent()
                .ifPresent(sent -> request.header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .format(sent.atZone(ZoneOffset.UTC))
                                .replaceFirst("^(\\w+, )(\\d )", "$10$2")));
        return content.in(request);
    }

    /** SIP clients show plain text; of several languages the first is taken. */
    private static Body plainest(Message message) {
        return message.bodies().stream()
                .filter(body -> body.mediaType().equals(Body.PLAIN))
                .findFirst()
                .orElse(message.bodies().get(0));
    }

    static MessageContent typing(Event.Typing typing) {
        return new MessageContent(ComposingBody.MEDIA_TYPE, "", ComposingBody.write(typing.state()));
    }

    static MessageContent acknowledged(Event.Acknowledged acknowledged, String ownId, Instant now) {
        String from = SipAddresses.uri(acknowledged.sender().principal());
        String to = SipAddresses.uri(acknowledged.recipient().principal());
        return new MessageContent(Cpim.MEDIA_TYPE, "", Imdn.write(acknowledged.receipt(), from, to, ownId, now));
    }

    /** Returns the request with this as its body. */
    OutgoingRequest in(OutgoingRequest request) {
        return request.body(type, text);
    }
}
