// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.TransactionUser;
import io.drawbridge.lib.jainsip.UnreadableRequest;
import io.drawbridge.sip.internal.map.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which part of the user agent a request of the home concerns. Whatever happens, the request gets a final
 * response. Owned by the user agent's thread.
 */
final class Requests implements TransactionUser {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, MESSAGE, INFO, UPDATE, OPTIONS, SUBSCRIBE, NOTIFY";
    private Talks talks;
    private Subscribers subscribers;
    private Watches watches;

    /** Hands requests to these parts; called once, before anything else. */
    void use(Talks messages, Subscribers told, Watches home) {
        talks = messages;
        subscribers = told;
        watches = home;
    }

    @Override
    public void request(ServerTransaction transaction) {
        try {
            dispatch(Incoming.of(transaction));
        } catch (RequestRefused refusal) {
            LOG.debug("{} refused with {}", transaction.method(), refusal.status());
            refusal.answer(transaction);
        } catch (UnreadableRequest broken) {
            LOG.debug("{} cannot be read: {}", transaction.method(), broken.getMessage());
            broken.answer(transaction);
        } catch (RuntimeException bug) {
            LOG.error("a request was answered with 500 because of an error inside the gateway", bug);
            transaction.respond(SIPResponse.SERVER_INTERNAL_ERROR);
        }
    }

    private void dispatch(Incoming incoming) throws RequestRefused {
        switch (incoming.transaction().method()) {
            case "MESSAGE" -> {
                if (incoming.transaction().hasToTag()) {
                    talks.sessions().messaged(incoming);
                } else {
                    talks.received(incoming);
                }
            }
            case "INVITE" -> talks.sessions().invited(incoming);
            case "INFO" -> talks.sessions().informed(incoming);
            case "UPDATE" -> talks.sessions().confirmed(incoming);
            case "BYE" -> talks.sessions().left(incoming);
            case "SUBSCRIBE" -> subscribers.subscribe(incoming);
            case "NOTIFY" -> watches.notified(incoming);
            case "OPTIONS" -> options(incoming.transaction());
            default -> throw new RequestRefused(405).with("Allow", ALLOW);
        }
    }

    private void options(ServerTransaction transaction) {
        SIPResponse response = transaction.response(SIPResponse.OK);
        response.addHeader(SipParser.header("Allow", ALLOW));
        response.addHeader(SipParser.header("Allow-Events", subscribers.offered()));
        response.addHeader(SipParser.header("Accept", Content.ACCEPTED));
        transaction.respond(response);
    }

    @Override
    public void cancelled(ServerTransaction invite) {
        invite.respond(SIPResponse.REQUEST_TERMINATED);
    }

    @Override
    public void abandoned(ServerTransaction transaction) {
        LOG.debug("nobody is left to answer: {}", transaction.method());
    }

    @Override
    public void acknowledged(SIPRequest ack, SipFlow flow) {
        // The session it belongs to was open when it was accepted.
    }

    @Override
    public void stray(SIPResponse response, SipFlow flow) {
        LOG.debug("a response without a request was dropped: {}", response.getStatusCode());
    }
}
