// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of interworking 6.3.1 (RFC 7247 table 2) and 6.3.2 (RFC 7247 table 3 with additions). */
class ErrorTablesTest {
    /** Condition, code for an instance, code for a principal with and without {@code prefer4xx}. */
    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, 400, 400, 400",
        "CONFLICT, 400, 400, 400",
        "FEATURE_NOT_IMPLEMENTED, 405, 501, 501",
        "FORBIDDEN, 403, 403, 603",
        "GONE, 410, 410, 410",
        "INTERNAL_SERVER_ERROR, 500, 500, 500",
        "ITEM_NOT_FOUND, 404, 404, 604",
        "JID_MALFORMED, 400, 400, 400",
        "NOT_ACCEPTABLE, 406, 406, 606",
        "NOT_ALLOWED, 403, 403, 403",
        "NOT_AUTHORIZED, 403, 403, 403",
        "POLICY_VIOLATION, 403, 403, 403",
        "RECIPIENT_UNAVAILABLE, 480, 480, 600",
        "REDIRECT, 480, 480, 480",
        "REGISTRATION_REQUIRED, 403, 403, 403",
        "REMOTE_SERVER_NOT_FOUND, 404, 404, 404",
        "REMOTE_SERVER_TIMEOUT, 504, 504, 504",
        "RESOURCE_CONSTRAINT, 500, 500, 500",
        "SERVICE_UNAVAILABLE, 403, 403, 403",
        "SUBSCRIPTION_REQUIRED, 400, 400, 400",
        "UNDEFINED_CONDITION, 400, 400, 400",
        "UNEXPECTED_REQUEST, 491, 491, 491",
    })
    void aConditionIsAnsweredByTable2(Condition condition, int instance, int preferred, int global) {
        assertThat(ErrorTables.status(condition, false, true, false)).isEqualTo(instance);
        assertThat(ErrorTables.status(condition, false, false, true)).isEqualTo(preferred);
        assertThat(ErrorTables.status(condition, false, false, false)).isEqualTo(global);
    }

    /** "with new address 301 + Contact, else 410"; "302: Contact = mapped address". */
    @ParameterizedTest
    @CsvSource({"GONE, 301", "REDIRECT, 302", "ITEM_NOT_FOUND, 404"})
    void whoIsElsewhereIsRedirectedTo(Condition condition, int status) {
        assertThat(ErrorTables.status(condition, true, true, false)).isEqualTo(status);
        assertThat(ErrorTables.status(condition, true, false, true)).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void noConditionIsAnswered503WhichWouldMarkTheWholeServerAsDead(Condition condition) {
        assertThat(ErrorTables.status(condition, false, true, true)).isNotEqualTo(503);
        assertThat(ErrorTables.status(condition, false, false, false)).isNotEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "300, REDIRECT",
        "301, GONE",
        "302, REDIRECT",
        "305, REDIRECT",
        "380, NOT_ACCEPTABLE",
        "399, REDIRECT",
        "400, BAD_REQUEST",
        "401, NOT_AUTHORIZED",
        "402, BAD_REQUEST",
        "403, FORBIDDEN",
        "404, ITEM_NOT_FOUND",
        "405, FEATURE_NOT_IMPLEMENTED",
        "406, NOT_ACCEPTABLE",
        "407, REGISTRATION_REQUIRED",
        "408, REMOTE_SERVER_TIMEOUT",
        "410, GONE",
        "413, POLICY_VIOLATION",
        "414, POLICY_VIOLATION",
        "415, NOT_ACCEPTABLE",
        "416, NOT_ACCEPTABLE",
        "420, FEATURE_NOT_IMPLEMENTED",
        "421, NOT_ACCEPTABLE",
        "422, RESOURCE_CONSTRAINT",
        "423, RESOURCE_CONSTRAINT",
        "428, POLICY_VIOLATION",
        "430, RECIPIENT_UNAVAILABLE",
        "433, FORBIDDEN",
        "436, POLICY_VIOLATION",
        "437, POLICY_VIOLATION",
        "438, POLICY_VIOLATION",
        "439, FEATURE_NOT_IMPLEMENTED",
        "440, POLICY_VIOLATION",
        "470, FORBIDDEN",
        "480, RECIPIENT_UNAVAILABLE",
        "481, ITEM_NOT_FOUND",
        "482, NOT_ACCEPTABLE",
        "483, NOT_ACCEPTABLE",
        "484, ITEM_NOT_FOUND",
        "485, ITEM_NOT_FOUND",
        "486, RECIPIENT_UNAVAILABLE",
        "487, RECIPIENT_UNAVAILABLE",
        "488, NOT_ACCEPTABLE",
        "489, POLICY_VIOLATION",
        "491, UNEXPECTED_REQUEST",
        "493, BAD_REQUEST",
        "494, NOT_ACCEPTABLE",
        "499, BAD_REQUEST",
        "500, INTERNAL_SERVER_ERROR",
        "501, FEATURE_NOT_IMPLEMENTED",
        "502, REMOTE_SERVER_NOT_FOUND",
        "503, INTERNAL_SERVER_ERROR",
        "504, REMOTE_SERVER_TIMEOUT",
        "505, NOT_ACCEPTABLE",
        "513, POLICY_VIOLATION",
        "580, NOT_ACCEPTABLE",
        "599, INTERNAL_SERVER_ERROR",
        "600, RECIPIENT_UNAVAILABLE",
        "603, RECIPIENT_UNAVAILABLE",
        "604, ITEM_NOT_FOUND",
        "606, NOT_ACCEPTABLE",
        "607, POLICY_VIOLATION",
        "608, POLICY_VIOLATION",
        "699, RECIPIENT_UNAVAILABLE",
    })
    void aStatusMeansWhatTable3Says(int status, Condition condition) {
        assertThat(ErrorTables.condition(status)).isEqualTo(condition);
    }
}
