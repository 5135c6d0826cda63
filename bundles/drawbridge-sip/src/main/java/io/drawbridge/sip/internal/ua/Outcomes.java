// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.sip.internal.map.Content;
import io.drawbridge.sip.internal.map.ErrorTables;
import io.drawbridge.sip.internal.map.SipAddresses;
import io.drawbridge.sip.internal.map.Unmappable;
import io.drawbridge.sip.internal.trust.HeaderTrust;
import io.drawbridge.sip.internal.trust.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Final answers and outcomes of deliveries, each made of the other (interworking 6.3, 6.5). */
final class Outcomes {
    private static final int OK = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final int LONGEST_TEXT = 200;

    private Outcomes() {}

    /** Returns what the home's final answer means: only 200 says that a client has it (RFC 3428 section 7). */
    static DeliveryOutcome of(SIPResponse response) {
        int status = response.getStatusCode();
        if (status < FIRST_REFUSAL) {
            return status == OK ? new DeliveryOutcome.Delivered() : new DeliveryOutcome.HandedOver();
        }
        Condition condition = isFiltered(response) ? Condition.POLICY_VIOLATION : ErrorTables.condition(status);
        return new DeliveryOutcome.Failed(
                condition,
                Reason.ANSWERED_BY_PEER,
                text(response),
                retryAfter(response),
                isElsewhere(condition) ? contact(response) : Optional.empty());
    }

    private static boolean isElsewhere(Condition condition) {
        return condition == Condition.GONE || condition == Condition.REDIRECT;
    }

    /** Returns who is named as the one to ask instead (RFC 3261 sections 21.3.2 and 21.3.3), if it is a person. */
    private static Optional<Principal> contact(SIPResponse response) {
        try {
            Optional<String> contact = SipParser.text(response).value("Contact");
            return contact.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SipAddresses.ofHeader(contact.get()).principal())
                            .filter(principal -> !principal.isDomain());
        } catch (Unmappable nobody) {
            return Optional.empty();
        }
    }

    /** Lync's filter of messages says so beside a 606 (interworking 6.3.3). */
    private static boolean isFiltered(SIPResponse response) {
        return response.getStatusCode() == SIPResponse.SESSION_NOT_ACCEPTABLE
                && SipParser.text(response)
                        .value("Warning")
                        .filter(warning -> warning.strip().startsWith("309 "))
                        .isPresent();
    }

    /** Whoever holds a session is there, so that nobody takes its message means that the other one is not (6.6.2). */
    static DeliveryOutcome inSession(DeliveryOutcome outcome) {
        return outcome instanceof DeliveryOutcome.Failed failed
                        && failed.reason() == Reason.ANSWERED_BY_PEER
                        && failed.condition() == Condition.SERVICE_UNAVAILABLE
                ? new DeliveryOutcome.Failed(
                        Condition.RECIPIENT_UNAVAILABLE, failed.reason(), failed.text(), failed.retryAfter())
                : outcome;
    }

    private static String text(SIPResponse response) {
        String phrase = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
        String shown = phrase.replaceAll("\\p{Cntrl}", " ").strip();
        return shown.length() > LONGEST_TEXT ? shown.substring(0, LONGEST_TEXT) : shown;
    }

    static Optional<Duration> retryAfter(SIPResponse response) {
        return SipParser.text(response)
                .value("Retry-After")
                .map(value -> value.split("[;(\\s]", 2)[0])
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    /** Returns what it means that the home gave no answer. */
    static DeliveryOutcome.Failed of(Reason reason) {
        Condition condition =
                switch (reason) {
                    case OVERLOADED, SHUTTING_DOWN, NOT_CONFIGURED -> Condition.RESOURCE_CONSTRAINT;
                    case INTERNAL -> Condition.INTERNAL_SERVER_ERROR;
                    default -> Condition.REMOTE_SERVER_TIMEOUT;
                };
        return new DeliveryOutcome.Failed(condition, reason, reason.text(), Optional.empty());
    }

    /**
     * Answers a request of the home with what became of its content.
     *
     * @param instance whether it was for one instance of the recipient
     */
    static void answer(ServerTransaction transaction, DeliveryOutcome outcome, boolean instance, boolean prefer4xx) {
        if (outcome instanceof DeliveryOutcome.Delivered) {
            transaction.respond(OK);
        } else if (outcome instanceof DeliveryOutcome.HandedOver) {
            transaction.respond(SIPResponse.ACCEPTED);
        } else {
            DeliveryOutcome.Failed failed = (DeliveryOutcome.Failed) outcome;
            boolean byPeer = failed.reason() == Reason.ANSWERED_BY_PEER;
            refuse(transaction, byPeer ? foreign(failed, instance, prefer4xx) : Refusal.of(failed.reason()), failed);
        }
    }

    private static Refusal foreign(DeliveryOutcome.Failed failed, boolean instance, boolean prefer4xx) {
        int status = ErrorTables.status(failed.condition(), failed.newAddress().isPresent(), instance, prefer4xx);
        return new Refusal(status, SIPResponse.getReasonPhrase(status), 0, false, 0);
    }

    private static void refuse(ServerTransaction transaction, Refusal answer, DeliveryOutcome.Failed failed) {
        List<String> headers = new ArrayList<>();
        long seconds = failed.retryAfter().map(Duration::toSeconds).orElse((long) answer.retryAfter());
        if (seconds > 0) {
            headers.add("Retry-After: " + seconds);
        }
        failed.newAddress().ifPresent(address -> headers.add("Contact: <" + SipAddresses.uri(address) + ">"));
        String self = transaction.flow().local().host();
        headers.add("ms-edge-proxy-message-trust: " + HeaderTrust.ownResponseMark(self));
        if (answer.diagnostics() > 0) {
            headers.add("ms-diagnostics: " + answer.diagnosticsValue(failed.reason(), self));
        }
        transaction.finish(answer.status(), answer.phrase(), headers.toArray(String[]::new));
    }

    /** Makes the refusal of what cannot be mapped. */
    static RequestRefused refusal(Unmappable why) {
        RequestRefused refusal = new RequestRefused(why.status(), why.getMessage());
        return why.status() == SIPResponse.UNSUPPORTED_MEDIA_TYPE ? refusal.with("Accept", Content.ACCEPTED) : refusal;
    }
}
