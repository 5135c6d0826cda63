// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.policy.Offered;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.SipHeaders;
import io.drawbridge.sip.internal.codec.SipRequest;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what a request offers besides text: its media lines (RFC 4566 section 5.14), files, further persons, who is writing,
 * and receipts.
 */
final class Offers {
    private static final String FILE_SELECTOR = "a=file-selector";

    /** The invitation of Lync to a conference of several (interworking 3.7). */
    private static final String CONFERENCE = "application/ms-conf-invite+xml";

    /** The invitation of Messenger and Lync to take a file, sent as a message. */
    private static final String FILE_INVITATION = "text/x-msmsgsinvite";

    /** Who is writing, in a message (RFC 3994) and as Lync has it (interworking 3.6). */
    private static final String COMPOSING = "application/im-iscomposing+xml";

    private static final String KEYBOARD = "<keyboardactivity";

    /** Receipts (RFC 5438) as such and as Lync has them; and the envelope of messages, which may hold one (RFC 3862). */
    private static final String RECEIPT = "message/imdn+xml";

    private static final String LYNC_RECEIPT = "application/ms-imdn+xml";
    private static final String ENVELOPE = "message/cpim";

    private static final String TYPE_FIELD = "content-type:";
    private static final int TWO_PERSONS = 2;

    private Offers() {}

    static Set<Offered> of(SipRequest request) {
        return switch (request.method()) {
            case INVITE, UPDATE -> ofSession(request);
            case MESSAGE -> ofMessage(request);
            case INFO -> body(request).contains(KEYBOARD) ? Set.of(Offered.TYPING) : Set.of();
            case REFER -> Set.of(Offered.THIRD_PERSON);
            default -> Set.of();
        };
    }

    private static Set<Offered> ofMessage(SipRequest request) {
        String type = contentType(request.headers());
        return ofType(type.startsWith(ENVELOPE) ? enclosedType(body(request)) : type);
    }

    private static Set<Offered> ofType(String type) {
        if (type.startsWith(FILE_INVITATION)) {
            return Set.of(Offered.FILE);
        } else if (type.startsWith(COMPOSING)) {
            return Set.of(Offered.TYPING);
        }
        return type.startsWith(RECEIPT) || type.startsWith(LYNC_RECEIPT) ? Set.of(Offered.RECEIPT) : Set.of();
    }

    /**
     * Returns the type of what an envelope holds: its header fields stand between the envelope's own and the content, each
     * time with an empty line (RFC 3862 section 2). What the content says of itself counts for nothing.
     */
    private static String enclosedType(String body) {
        int at = behindHead(body);
        while (at < body.length() && !isEmptyLine(body, at)) {
            int end = nextLine(body, at);
            if (body.startsWith(TYPE_FIELD, at)) {
                return body.substring(at + TYPE_FIELD.length(), end).strip();
            }
            at = end;
        }
        return "";
    }

    private static int behindHead(String body) {
        int at = 0;
        while (at < body.length() && !isEmptyLine(body, at)) {
            at = nextLine(body, at);
        }
        return at < body.length() ? nextLine(body, at) : at;
    }

    private static boolean isEmptyLine(String body, int at) {
        return body.startsWith("\n", at) || body.startsWith("\r\n", at);
    }

    private static Set<Offered> ofSession(SipRequest request) {
        Set<Offered> offered = EnumSet.noneOf(Offered.class);
        if (contentType(request.headers()).startsWith(CONFERENCE)
                || request.headers().values(HeaderName.END_POINTS).size() > TWO_PERSONS) {
            offered.add(Offered.THIRD_PERSON);
        }
        String body = body(request);
        for (int at = 0; at < body.length(); at = nextLine(body, at)) {
            if (body.startsWith("m=", at)) {
                addMedia(offered, body, at + 2);
            } else if (body.startsWith(FILE_SELECTOR, at)) {
                offered.add(Offered.FILE);
            }
        }
        return offered;
    }

    private static int nextLine(String body, int from) {
        int end = body.indexOf('\n', from);
        return end < 0 ? body.length() : end + 1;
    }

    /** A port of zero takes a kind of media back, or declines it. */
    private static void addMedia(Set<Offered> offered, String body, int at) {
        int space = body.indexOf(' ', at);
        if (space < 0 || body.startsWith(" 0 ", space)) {
            return;
        }
        switch (body.substring(at, space)) {
            case "message" -> {}
            case "audio" -> offered.add(Offered.AUDIO);
            case "video" -> offered.add(Offered.VIDEO);
            case "data" -> offered.add(Offered.FILE);
            default -> offered.add(Offered.OTHER_MEDIA);
        }
    }

    private static String body(SipRequest request) {
        return request.body().toString().toLowerCase(Locale.ROOT);
    }

    private static String contentType(SipHeaders headers) {
        return headers.first(HeaderName.CONTENT_TYPE)
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
