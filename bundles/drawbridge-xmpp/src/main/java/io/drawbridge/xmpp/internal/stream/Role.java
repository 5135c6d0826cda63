// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamHeader;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What this appliance does on a stream. Called on its event loop only. */
interface Role {
    /** The peer opened its stream, or opened it anew. */
    void opened(StreamHeader header) throws StreamViolation;

    /** Something was said that is neither a stanza nor an error. */
    void said(Element element) throws StreamViolation;

    /** A stanza came; returns what completes, on any thread, when it has its outcome. */
    CompletionStage<?> stanza(Stanza stanza) throws StreamViolation;

    /** Returns whether the negotiation is done and something was authenticated. */
    boolean ready();

    /** Returns why the stream must end if the settings no longer have every domain it was authenticated for. */
    Optional<StreamCondition> unwelcome();

    /** Returns whether the partner must send something within the keep-alive interval. */
    boolean expectsKeepAlive();

    /** Returns whether the peer can be asked on this stream whether it is there. */
    boolean canAsk();

    /** Asks it; any answer will do. */
    void ask();

    /** Returns the partner of the stream for people, as far as it is known. */
    String partnerName();

    /** Returns the header that an answer to the peer begins with if none was sent yet. */
    String header();

    /** The stream is over; called exactly once. */
    void ended(Failure why);
}
