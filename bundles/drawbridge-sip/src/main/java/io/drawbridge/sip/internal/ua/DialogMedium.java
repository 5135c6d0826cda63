// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.sip.internal.map.ComposingBody;
import io.drawbridge.sip.internal.map.MessageSdp;
import java.util.Set;

/** The medium of the Lync dialect: each message is a request within the dialog (interworking 3.4, 6.6.2). */
final class DialogMedium implements Medium {
    private static final String NO_ADDRESS = "0.0.0.0";
    private static final int FIRST_FINAL = 200;
    private static final int NO_SUCH_DIALOG = 481;
    private final Environment environment;
    private final Outgoing outgoing;
    private final Dialog dialog;
    private MessageSdp remote;

    /** Offers a session in a dialog of the gateway's. */
    static DialogMedium offering(Environment environment, Outgoing outgoing, Dialog dialog) {
        return new DialogMedium(environment, outgoing, dialog, new MessageSdp(Set.of()));
    }

    /** Takes over the session that the home offers. */
    DialogMedium(Environment environment, Outgoing outgoing, Dialog dialog, MessageSdp remote) {
        this.environment = environment;
        this.outgoing = outgoing;
        this.dialog = dialog;
        this.remote = remote;
    }

    @Override
    public String offer(boolean plain) {
        return MessageSdp.write(NO_ADDRESS, plain);
    }

    @Override
    public String answer() {
        return MessageSdp.write(NO_ADDRESS, false);
    }

    /** An answer that says nothing of use is taken as Lync's own: the medium asks for no more than the dialog. */
    @Override
    public boolean accepted(byte[] description) {
        remote = MessageSdp.read(description).orElse(remote);
        return true;
    }

    @Override
    public boolean carry(Delivery delivery, Listener listener) {
        Event event = delivery.event();
        OutgoingRequest request;
        if (event instanceof Event.Said said) {
            request = MessageContent.said(
                    dialog.request("MESSAGE"), said, false, environment.clock().instant());
        } else if (event instanceof Event.Typing typing) {
            request = typing(typing);
        } else {
            return false;
        }
        int affinity = Pair.ofInbound(event).hashCode();
        outgoing.send(
                request,
                dialog.wanted(),
                affinity,
                delivery.left(environment.clock().instant()),
                new Transmission(delivery, listener));
        return true;
    }

    private OutgoingRequest typing(Event.Typing typing) {
        return remote.takesComposing()
                ? MessageContent.typing(typing).in(dialog.request("MESSAGE"))
                : dialog.request("INFO").body(ComposingBody.KEYBOARD_TYPE, ComposingBody.writeKeyboard(typing.state()));
    }

    @Override
    public void close() {
        // There is nothing but the dialog.
    }

    /** Waits for the answer to a message. */
    private record Transmission(Delivery delivery, Listener listener) implements Outgoing.Listener {
        @Override
        public boolean isWanted() {
            return !delivery.isDone();
        }

        @Override
        public void answered(SIPResponse response, SipFlow flow) {
            int status = response.getStatusCode();
            if (status == NO_SUCH_DIALOG) {
                listener.forgotten(Outcomes.of(response));
            } else if (status >= FIRST_FINAL) {
                listener.done(Outcomes.of(response));
            }
        }

        @Override
        public void failed(Reason reason) {
            listener.lost(reason);
        }
    }
}
