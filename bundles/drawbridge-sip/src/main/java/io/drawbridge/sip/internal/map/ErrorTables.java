// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Condition;
import java.util.Map;

/**
 * Between the conditions of the model, which are XMPP's, and SIP status codes (RFC 7247 section 7; interworking 6.3.1 and
 * 6.3.2).
 */
public final class ErrorTables {
    /** RFC 7247 table 3 with the additions of interworking 6.3.2. What is not listed goes by its class. */
    private static final Map<Integer, Condition> CONDITIONS = Map.ofEntries(
            Map.entry(300, Condition.REDIRECT),
            Map.entry(301, Condition.GONE),
            Map.entry(302, Condition.REDIRECT),
            Map.entry(305, Condition.REDIRECT),
            Map.entry(380, Condition.NOT_ACCEPTABLE),
            Map.entry(400, Condition.BAD_REQUEST),
            Map.entry(401, Condition.NOT_AUTHORIZED),
            Map.entry(402, Condition.BAD_REQUEST),
            Map.entry(403, Condition.FORBIDDEN),
            Map.entry(404, Condition.ITEM_NOT_FOUND),
            Map.entry(405, Condition.FEATURE_NOT_IMPLEMENTED),
            Map.entry(406, Condition.NOT_ACCEPTABLE),
            Map.entry(407, Condition.REGISTRATION_REQUIRED),
            Map.entry(408, Condition.REMOTE_SERVER_TIMEOUT),
            Map.entry(410, Condition.GONE),
            Map.entry(413, Condition.POLICY_VIOLATION),
            Map.entry(414, Condition.POLICY_VIOLATION),
            Map.entry(415, Condition.NOT_ACCEPTABLE),
            Map.entry(416, Condition.NOT_ACCEPTABLE),
            Map.entry(420, Condition.FEATURE_NOT_IMPLEMENTED),
            Map.entry(421, Condition.NOT_ACCEPTABLE),
            Map.entry(422, Condition.RESOURCE_CONSTRAINT),
            Map.entry(423, Condition.RESOURCE_CONSTRAINT),
            Map.entry(428, Condition.POLICY_VIOLATION),
            Map.entry(430, Condition.RECIPIENT_UNAVAILABLE),
            Map.entry(433, Condition.FORBIDDEN),
            Map.entry(436, Condition.POLICY_VIOLATION),
            Map.entry(437, Condition.POLICY_VIOLATION),
            Map.entry(438, Condition.POLICY_VIOLATION),
            Map.entry(439, Condition.FEATURE_NOT_IMPLEMENTED),
            Map.entry(440, Condition.POLICY_VIOLATION),
            Map.entry(470, Condition.FORBIDDEN),
            Map.entry(480, Condition.RECIPIENT_UNAVAILABLE),
            Map.entry(481, Condition.ITEM_NOT_FOUND),
            Map.entry(482, Condition.NOT_ACCEPTABLE),
            Map.entry(483, Condition.NOT_ACCEPTABLE),
            Map.entry(484, Condition.ITEM_NOT_FOUND),
            Map.entry(485, Condition.ITEM_NOT_FOUND),
            Map.entry(486, Condition.RECIPIENT_UNAVAILABLE),
            Map.entry(487, Condition.RECIPIENT_UNAVAILABLE),
            Map.entry(488, Condition.NOT_ACCEPTABLE),
            Map.entry(489, Condition.POLICY_VIOLATION),
            Map.entry(491, Condition.UNEXPECTED_REQUEST),
            Map.entry(493, Condition.BAD_REQUEST),
            Map.entry(494, Condition.NOT_ACCEPTABLE),
            Map.entry(500, Condition.INTERNAL_SERVER_ERROR),
            Map.entry(501, Condition.FEATURE_NOT_IMPLEMENTED),
            Map.entry(502, Condition.REMOTE_SERVER_NOT_FOUND),
            Map.entry(503, Condition.INTERNAL_SERVER_ERROR),
            Map.entry(504, Condition.REMOTE_SERVER_TIMEOUT),
            Map.entry(505, Condition.NOT_ACCEPTABLE),
            Map.entry(513, Condition.POLICY_VIOLATION),
            Map.entry(580, Condition.NOT_ACCEPTABLE),
            Map.entry(600, Condition.RECIPIENT_UNAVAILABLE),
            Map.entry(603, Condition.RECIPIENT_UNAVAILABLE),
            Map.entry(604, Condition.ITEM_NOT_FOUND),
            Map.entry(606, Condition.NOT_ACCEPTABLE),
            Map.entry(607, Condition.POLICY_VIOLATION),
            Map.entry(608, Condition.POLICY_VIOLATION));

    private ErrorTables() {}

    /** Returns what a status code from 300 on means. */
    public static Condition condition(int status) {
        Condition listed = CONDITIONS.get(status);
        if (listed != null) {
            return listed;
        }
        return switch (status / 100) {
            case 3 -> Condition.REDIRECT;
            case 5 -> Condition.INTERNAL_SERVER_ERROR;
            case 6 -> Condition.RECIPIENT_UNAVAILABLE;
            default -> Condition.BAD_REQUEST;
        };
    }

    /**
     * Returns how SIP says a condition (RFC 7247 table 2). Where the table asks for a challenge, which no edge can pose
     * for another server, the nearest code without it is taken; 503 would make the sender's server leave the whole edge
     * aside and never stands here.
     *
     * @param elsewhere whether the answer names another address, as 301 and 302 have to
     * @param instance whether one instance was addressed: another might still accept, so the answer is a 4xx
     * @param prefer4xx whether that is so for a principal as well; a 6xx ends all forks of a request upstream
     */
    public static int status(Condition condition, boolean elsewhere, boolean instance, boolean prefer4xx) {
        boolean global = !instance && !prefer4xx;
        return switch (condition) {
            case BAD_REQUEST, CONFLICT, JID_MALFORMED, SUBSCRIPTION_REQUIRED, UNDEFINED_CONDITION -> 400;
            case FEATURE_NOT_IMPLEMENTED -> instance ? 405 : 501;
            case FORBIDDEN -> global ? 603 : 403;
            case GONE -> elsewhere ? 301 : 410;
            case INTERNAL_SERVER_ERROR, RESOURCE_CONSTRAINT -> 500;
            case ITEM_NOT_FOUND -> global ? 604 : 404;
            case NOT_ACCEPTABLE -> global ? 606 : 406;
            case NOT_ALLOWED, NOT_AUTHORIZED, POLICY_VIOLATION, REGISTRATION_REQUIRED, SERVICE_UNAVAILABLE -> 403;
            case RECIPIENT_UNAVAILABLE -> global ? 600 : 480;
            case REDIRECT -> elsewhere ? 302 : 480;
            case REMOTE_SERVER_NOT_FOUND -> 404;
            case REMOTE_SERVER_TIMEOUT -> 504; // 408 is for INVITE only (RFC 4320 section 4.2)
            case UNEXPECTED_REQUEST -> 491;
        };
    }
}
