// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.map.SipAddresses;
import io.drawbridge.sip.internal.map.Unmappable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A dialog with the home (RFC 3261 section 12), as the header values its requests are made of. It is found by its own tag,
 * which nobody can guess. Owned by the user agent's thread.
 */
final class Dialog {
    private final String callId;
    private final String tag;
    private final String local;
    private String remote;
    private String remoteTag = "";
    private String target;
    private List<String> routes = List.of();
    private long sequence;
    private long remoteSequence;

    private Dialog(String callId, String tag, String local, String remote, String target) {
        this.callId = callId;
        this.tag = tag;
        this.local = local;
        this.remote = remote;
        this.target = target;
    }

    /** Begins a dialog that the gateway asks for; the first answer or NOTIFY completes it. */
    static Dialog asking(String from, String to, String callId, String tag) {
        return asking("<" + from + ">", "", to, callId, tag);
    }

    /** Begins a dialog as an endpoint of its own, which Lync tells apart by {@code epid}. */
    static Dialog asking(String from, String epid, String to, String callId, String tag) {
        return new Dialog(
                callId, tag, from + ";tag=" + tag + (epid.isEmpty() ? "" : ";epid=" + epid), "<" + to + ">", to);
    }

    /**
     * Takes the dialog a request of the home asks for.
     *
     * @throws RequestRefused 400 if it has no usable Contact
     */
    static Dialog accepting(Incoming request, String tag) throws RequestRefused {
        String target = contact(request.text()).orElseThrow(() -> new RequestRefused(400, "Missing Contact"));
        Dialog dialog = new Dialog(
                request.header("Call-ID"), tag, request.header("To") + ";tag=" + tag, request.header("From"), target);
        dialog.remoteTag = request.request().getFromTag();
        dialog.routes = recordRoutes(request.text());
        dialog.remoteSequence = request.request().getCSeq().getSeqNumber();
        return dialog;
    }

    private static Optional<String> contact(SipText message) {
        try {
            return message.value("Contact").isPresent()
                    ? Optional.of(
                            SipAddresses.uriOf(message.value("Contact").get()).toString())
                    : Optional.empty();
        } catch (Unmappable malformed) {
            return Optional.empty();
        }
    }

    private static List<String> recordRoutes(SipText message) {
        return message.lines("Record-Route").stream()
                .map(line -> line.substring(line.indexOf(':') + 1).replace("\r\n", " "))
                .flatMap(line -> Arrays.stream(line.split(",\\s*(?=<)", -1)))
                .map(String::strip)
                .toList();
    }

    /** Completes the dialog by the home's answer, or takes a changed target from it (RFC 3261 section 12.1.2). */
    void answered(SipText response, String toTag) {
        if (remoteTag.isEmpty() && toTag != null) {
            remoteTag = toTag;
            remote = response.value("To").orElse(remote);
            List<String> reversed = new ArrayList<>(recordRoutes(response));
            Collections.reverse(reversed);
            routes = reversed;
        }
        contact(response).ifPresent(uri -> target = uri);
    }

    /**
     * Takes a request of the home's within the dialog; the first one may complete it (RFC 6665 section 4.4.1).
     *
     * @throws RequestRefused 481 if it does not belong here, 500 if it is out of order
     */
    void received(Incoming request) throws RequestRefused {
        String from = request.request().getFromTag();
        if (!callId.equals(request.header("Call-ID")) || !(remoteTag.isEmpty() || remoteTag.equals(from))) {
            throw new RequestRefused(481);
        }
        long number = request.request().getCSeq().getSeqNumber();
        if (number <= remoteSequence && !remoteTag.isEmpty()) {
            throw new RequestRefused(500, "Out Of Order");
        }
        remoteSequence = number;
        if (remoteTag.isEmpty()) {
            remoteTag = from;
            remote = request.header("From");
            routes = recordRoutes(request.text());
        }
        contact(request.text()).ifPresent(uri -> target = uri);
    }

    /** Makes the next request of the gateway's within the dialog. */
    OutgoingRequest request(String method) {
        sequence++;
        return addressed(new OutgoingRequest(method, target)).sequence(sequence).contact(tag);
    }

    /** Makes the ACK of the last INVITE's 2xx (RFC 3261 section 13.2.2.4). */
    OutgoingRequest acknowledgement(long inviteSequence) {
        return addressed(new OutgoingRequest("ACK", target)).sequence(inviteSequence);
    }

    private OutgoingRequest addressed(OutgoingRequest request) {
        routes.forEach(route -> request.header("Route", route));
        return request.header("From", local).header("To", remote).header("Call-ID", callId);
    }

    /** Returns which server its requests go to first. */
    Optional<HostPort> wanted() {
        try {
            SipUri next = SipAddresses.uriOf(routes.isEmpty() ? "<" + target + ">" : routes.get(0));
            return next.isSip() && !remoteTag.isEmpty() ? Optional.of(next.hostPort()) : Optional.empty();
        } catch (Unmappable | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    String tag() {
        return tag;
    }

    long sequence() {
        return sequence;
    }
}
