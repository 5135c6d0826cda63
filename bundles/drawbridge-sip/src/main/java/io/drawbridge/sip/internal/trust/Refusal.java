// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import io.drawbridge.api.policy.Reason;
import java.util.EnumMap;
import java.util.Map;

/**
 * How SIP says why: the one table from reasons to answers (interworking 1.13, 1.14; lync-edge 6.7).
 *
 * @param status the status code
 * @param phrase the reason phrase, which tells no more than the code does
 * @param diagnostics the id of {@code ms-diagnostics}; 0 for none
 * @param published whether other organisations may be told the id; not what concerns one user or one peer's standing
 * @param retryAfter seconds for {@code Retry-After}; 0 for none
 */
public record Refusal(int status, String phrase, int diagnostics, boolean published, int retryAfter) {
    private static final Map<Reason, Refusal> TABLE = new EnumMap<>(Reason.class);

    static {
        for (Reason reason : Reason.values()) {
            TABLE.put(reason, row(reason));
        }
    }

    /** Returns how a reason is answered; for an INVITE that nobody answered in time see {@link #ofUnansweredInvite}. */
    public static Refusal of(Reason reason) {
        return TABLE.get(reason);
    }

    /** Returns 408, which only an INVITE may get (RFC 4320). */
    public static Refusal ofUnansweredInvite() {
        return new Refusal(408, "Request Timeout", 1007, true, 0);
    }

    /**
     * Returns the value of {@code ms-diagnostics} for a reason.
     *
     * @param self this edge's FQDN
     */
    public String diagnosticsValue(Reason reason, String self) {
        return diagnostics + ";reason=\"" + reason.text() + "\";source=\"" + self + "\"";
    }

    private static Refusal row(Reason reason) {
        return switch (reason) {
            case NOT_OUR_DOMAIN -> published(404, "Not Found", 1005);
            case FEDERATION_OFF, DOMAIN_BLOCKED, DOMAIN_NOT_ALLOWED -> published(403, "Forbidden", 1002);
            case USER_NOT_ENABLED,
                    USER_NOT_ENABLED_FOR_XMPP,
                    TOO_MANY_CONTACTS,
                    PEER_BLOCKED,
                    UNSOLICITED,
                    NOT_AUTHORIZED,
                    REFUSED_LATELY -> kept(403, "Forbidden", 1002);
            case USER_NOT_ENABLED_FOR_PUBLIC_CLOUD,
                    USER_NOT_ENABLED_FOR_PUBLIC_CALLS,
                    PROVIDER_DISABLED,
                    PROVIDER_ENDED,
                    NO_ACCOUNT -> kept(403, "Forbidden", 1001);
            case OWN_DOMAIN_FROM_OUTSIDE, PEER_NOT_AUTHORIZED, PROOF_TOO_WEAK, INCOMPATIBLE_TRAFFIC ->
                published(403, "Forbidden", 1012);
            case NO_FEDERATION_RECORD, DNS_FAILED -> published(504, "Server Time-out", 1008);
            case SRV_TARGET_MISMATCH -> published(504, "Server Time-out", 1009);
            case HOST_NOT_FOUND -> published(504, "Server Time-out", 1014);
            case CERTIFICATE_NOT_TRUSTED -> published(504, "Server Time-out", 1010);
            case TLS_FAILED -> published(504, "Server Time-out", 1047);
            case NO_HOME -> published(504, "Server Time-out", 1005);
            case UNREACHABLE, TIMED_OUT, CONNECTION_LOST, PROVIDER_ABSENT, PROVIDER_FAILED ->
                published(504, "Server Time-out", 1007);
            case ACCOUNT_OFFLINE, NO_LINK -> new Refusal(480, "Temporarily Unavailable", 1007, true, 30);
            case RATE_EXCEEDED, LIMIT_EXCEEDED -> new Refusal(480, "Temporarily Unavailable", 1007, true, 1);
            case CONTENT_TOO_LARGE -> published(413, "Request Entity Too Large", 0);
            case NOT_FOR_FEDERATION -> published(403, "Forbidden", 1027);
            case NOT_PERSON_TO_PERSON, MEDIA_UNKNOWN_THERE, SIGNAL_UNKNOWN_THERE, TWO_PERSONS_ONLY ->
                published(488, "Not Acceptable Here", 1027);
            case ADDRESS_UNKNOWN_THERE -> published(404, "Not Found", 1003);
            case ROUTE_SET_INVALID -> published(403, "Forbidden", 1004);
            case MALFORMED -> published(400, "Bad Request", 0);
            case LOOP -> published(482, "Loop Detected", 0);
            case CANCELLED -> published(487, "Request Terminated", 0);
            case NOT_CONFIGURED -> new Refusal(503, "Service Unavailable", 1007, true, 60);
            case OVERLOADED -> new Refusal(503, "Service Unavailable", 1007, true, 5);
            case SHUTTING_DOWN, LEDGER_FAILED -> new Refusal(503, "Service Unavailable", 1007, true, 30);
            case INTERNAL, ALLOWED, ANSWERED_BY_PEER -> new Refusal(500, "Server Internal Error", 1007, true, 5);
        };
    }

    private static Refusal published(int status, String phrase, int diagnostics) {
        return new Refusal(status, phrase, diagnostics, true, 0);
    }

    private static Refusal kept(int status, String phrase, int diagnostics) {
        return new Refusal(status, phrase, diagnostics, false, 0);
    }
}
