// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.policy.Offered;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.SipHeaders;
import io.drawbridge.sip.internal.codec.SipRequest;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Reads what a request offers besides text: its media lines (RFC 4566 section 5.14), files, and further persons. */
final class Offers {
    private static final String FILE_SELECTOR = "a=file-selector";

    /** The invitation of Lync to a conference of several (interworking 3.7). */
    private static final String CONFERENCE = "application/ms-conf-invite+xml";

    /** The invitation of Messenger and Lync to take a file, sent as a message. */
    private static final String FILE_INVITATION = "text/x-msmsgsinvite";

    private static final int TWO_PERSONS = 2;

    private Offers() {}

    static Set<Offered> of(SipRequest request) {
        return switch (request.method()) {
            case INVITE, UPDATE -> ofSession(request);
            case MESSAGE -> isOfType(request.headers(), FILE_INVITATION) ? Set.of(Offered.FILE) : Set.of();
            case REFER -> Set.of(Offered.THIRD_PERSON);
            default -> Set.of();
        };
    }

    private static Set<Offered> ofSession(SipRequest request) {
        Set<Offered> offered = EnumSet.noneOf(Offered.class);
        if (isOfType(request.headers(), CONFERENCE)
                || request.headers().values(HeaderName.END_POINTS).size() > TWO_PERSONS) {
            offered.add(Offered.THIRD_PERSON);
        }
        String body = request.body().toString().toLowerCase(Locale.ROOT);
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

    private static boolean isOfType(SipHeaders headers, String type) {
        return headers.first(HeaderName.CONTENT_TYPE)
                .filter(value -> value.toString().toLowerCase(Locale.ROOT).startsWith(type))
                .isPresent();
    }
}
