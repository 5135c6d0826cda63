// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.ClientTransaction;
import io.drawbridge.lib.jainsip.MalformedMessage;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The notifier's side of one subscription and its dialog (RFC 6665 section 4.2). There is at most one NOTIFY on its way,
 * and at most one in five seconds unless the subscription itself changes (RFC 3856 section 6.10).
 */
final class Subscription implements ClientTransaction.Listener {
    private static final Duration PACE = Duration.ofSeconds(5);
    private final Address user;
    private final Watcher watcher;
    private final Dialog dialog;
    private final TransactionLayer transactions;
    private final Timers timers;
    private final InstantSource clock;
    private final Report report;
    private final Consumer<Subscription> ended;
    private SipFlow flow;
    private String target;
    private Instant expires = Instant.EPOCH;
    private Timers.Timer expiry = Timers.Timer.NONE;
    private Timers.Timer pacing = Timers.Timer.NONE;
    private Instant lastNotified = Instant.EPOCH;
    private Handling shown;
    private Wanted wanted = Wanted.NOTHING;
    private boolean underWay;
    private boolean terminated;
    private long sequence;

    Subscription(
            Address user,
            Watcher watcher,
            Dialog dialog,
            SipFlow flow,
            TransactionLayer transactions,
            Timers timers,
            InstantSource clock,
            Report report,
            Consumer<Subscription> ended) {
        this.user = user;
        this.watcher = watcher;
        this.dialog = dialog;
        this.flow = flow;
        this.transactions = transactions;
        this.timers = timers;
        this.clock = clock;
        this.report = report;
        this.ended = ended;
        this.target = dialog.target();
    }

    Address user() {
        return user;
    }

    Watcher watcher() {
        return watcher;
    }

    Dialog dialog() {
        return dialog;
    }

    SipFlow flow() {
        return flow;
    }

    /** RFC 3261 section 12.2.2: a SUBSCRIBE within the dialog may name another Contact. */
    void retarget(String contact) {
        target = contact;
    }

    /** A SUBSCRIBE was accepted; zero ends the subscription, after one last NOTIFY in any case. */
    void refreshed(SipFlow way, int seconds) {
        flow = way;
        expiry.cancel();
        expires = clock.instant().plusSeconds(seconds);
        settle();
        if (seconds == 0) {
            end("timeout");
        } else {
            expiry = timers.after(Duration.ofSeconds(seconds), () -> end("timeout"));
            want(Wanted.AT_ONCE);
        }
    }

    /** What is told may have changed, or whether it may be told. */
    void changed() {
        want(Wanted.WHEN_DUE);
    }

    /** The user is no more: the watcher is told and not to come back. */
    void withdrawn() {
        end("noresource");
    }

    /** Ends without telling: the way to the watcher is gone. */
    void lost() {
        terminated = true;
        expiry.cancel();
        pacing.cancel();
        over("timeout");
    }

    @Override
    public void response(ClientTransaction transaction, SIPResponse response) {
        int status = response.getStatusCode();
        if (status < 200) {
            return;
        }
        underWay = false;
        if (status < 300) {
            notifyIfDue();
        } else if (!terminated) {
            lost(); // RFC 6665 section 4.2.2: whoever refuses a NOTIFY has no subscription
        }
    }

    @Override
    public void failed(ClientTransaction transaction, ClientTransaction.Failure failure) {
        underWay = false;
        if (!terminated) {
            lost();
        }
    }

    private void end(String reason) {
        if (terminated) {
            return;
        }
        terminated = true;
        expiry.cancel();
        pacing.cancel();
        send("terminated;reason=" + reason, whole());
        over(reason);
    }

    private void over(String reason) {
        report.ended(reason);
        ended.accept(this);
    }

    /** Returns whether the subscriber stands otherwise than he was told. */
    private boolean settle() {
        Handling handling = report.handling(shown);
        if (handling == shown || handling == Handling.BLOCK) {
            return false;
        }
        shown = handling;
        report.stands(handling);
        return true;
    }

    private void want(Wanted what) {
        if (!terminated) {
            wanted = wanted == Wanted.AT_ONCE ? Wanted.AT_ONCE : what;
            notifyIfDue();
        }
    }

    private void notifyIfDue() {
        if (terminated) {
            return;
        }
        if (report.handling(shown) == Handling.BLOCK) {
            end("rejected");
            return;
        }
        if (settle()) {
            wanted = Wanted.AT_ONCE;
        }
        if (!underWay && wanted != Wanted.NOTHING) {
            notifyInPace();
        }
    }

    private void notifyInPace() {
        Instant now = clock.instant();
        Instant due = lastNotified.plus(PACE);
        if (wanted == Wanted.WHEN_DUE && due.isAfter(now)) {
            pacing.cancel();
            pacing = timers.after(Duration.between(now, due), this::notifyIfDue);
            return;
        }
        Optional<String> body = wanted == Wanted.AT_ONCE ? Optional.of(whole()) : news();
        wanted = Wanted.NOTHING;
        if (body.isPresent()) {
            lastNotified = now;
            underWay = true;
            long left = Math.max(0, Duration.between(now, expires).toSeconds());
            send((shown == Handling.ALLOW ? "active" : "pending") + ";expires=" + left, body.get());
        }
    }

    /** RFC 3856 section 6.6.2: whoever waits for the user's decision is told nothing. */
    private String whole() {
        return shown == Handling.ALLOW ? report.whole() : "";
    }

    private Optional<String> news() {
        return shown == Handling.ALLOW ? report.news() : Optional.empty();
    }

    private void send(String state, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        sequence++;
        StringBuilder head = new StringBuilder("NOTIFY ")
                .append(target)
                .append(" SIP/2.0\r\nVia: ")
                .append(transactions.via(flow, ""))
                .append("\r\nMax-Forwards: 70\r\n");
        for (String route : dialog.routes()) {
            head.append("Route: ").append(route).append("\r\n");
        }
        head.append("From: ").append(dialog.local());
        head.append("\r\nTo: ").append(dialog.remote());
        head.append("\r\nCall-ID: ").append(dialog.callId());
        head.append("\r\nCSeq: ").append(sequence).append(" NOTIFY");
        head.append("\r\nContact: <sip:").append(user).append(">");
        head.append("\r\nEvent: ").append(dialog.event());
        head.append("\r\nSubscription-State: ").append(state);
        if (!body.isEmpty()) {
            head.append("\r\nContent-Type: ").append(report.type());
        }
        head.append("\r\nContent-Length: ").append(content.length).append("\r\n\r\n");
        byte[] octets = (head + body).getBytes(StandardCharsets.UTF_8);
        try {
            transactions.send((SIPRequest) SipParser.parse(octets), flow, TransactionLayer.TIMEOUT, this);
        } catch (MalformedMessage broken) {
            throw new IllegalStateException("the dialog of a subscription makes no NOTIFY", broken);
        }
    }

    private enum Wanted {
        NOTHING,
        WHEN_DUE,
        AT_ONCE
    }

    /**
     * The dialog a SUBSCRIBE made (RFC 3261 section 12.1.1), as header values.
     *
     * @param callId Call-ID
     * @param local the user with our tag
     * @param localTag our tag
     * @param remote the watcher with his tag
     * @param remoteTag the watcher's tag
     * @param target the watcher's Contact URI
     * @param routes the route set
     * @param event the Event header's value
     */
    record Dialog(
            String callId,
            String local,
            String localTag,
            String remote,
            String remoteTag,
            String target,
            List<String> routes,
            String event) {
        /** Reads it from an initial SUBSCRIBE; empty if that has no usable Contact. */
        static Optional<Dialog> of(SIPRequest subscribe, String localTag) {
            if (subscribe.getContactHeader() == null
                    || subscribe.getContactHeader().isWildCard()) {
                return Optional.empty();
            }
            SipText text = SipParser.text(subscribe);
            List<String> routes = text.lines("Record-Route").stream()
                    .map(line -> line.substring(line.indexOf(':') + 1)
                            .replace("\r\n", " ")
                            .strip())
                    .toList();
            return Optional.of(new Dialog(
                    subscribe.getCallId().getCallId(),
                    text.value("To").orElseThrow() + ";tag=" + localTag,
                    localTag,
                    text.value("From").orElseThrow(),
                    subscribe.getFromTag(),
                    subscribe.getContactHeader().getAddress().getURI().toString(),
                    routes,
                    text.value("Event").orElseThrow()));
        }
    }
}
