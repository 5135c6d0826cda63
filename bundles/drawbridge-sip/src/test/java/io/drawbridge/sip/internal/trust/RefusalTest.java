// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.policy.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasAFinalAnswerThatIsNot408(Reason reason) {
        Refusal refusal = Refusal.of(reason);
        assertThat(refusal.status()).isBetween(400, 699).isNotEqualTo(408);
        assertThat(refusal.phrase()).doesNotContain("\r", "\n");
        assertThat(refusal.status() == 503)
                .as("503 says when to try again")
                .isEqualTo(refusal.status() == 503 && refusal.retryAfter() > 0);
    }

    @ParameterizedTest(name = "{0} is {1} with id {2}")
    @CsvSource({
        "DOMAIN_BLOCKED, 403, 1002",
        "USER_NOT_ENABLED_FOR_PUBLIC_CLOUD, 403, 1001",
        "PEER_NOT_AUTHORIZED, 403, 1012",
        "NO_FEDERATION_RECORD, 504, 1008",
        "SRV_TARGET_MISMATCH, 504, 1009",
        "HOST_NOT_FOUND, 504, 1014",
        "CERTIFICATE_NOT_TRUSTED, 504, 1010",
        "TLS_FAILED, 504, 1047",
        "TIMED_OUT, 504, 1007",
        "NO_LINK, 480, 1007",
        "NOT_FOR_FEDERATION, 403, 1027",
        "CONTENT_TOO_LARGE, 413, 0",
        "ROUTE_SET_INVALID, 403, 1004",
        "LOOP, 482, 0"
    })
    void theTableIsThatOfInterworking_1_13_and_1_14(Reason reason, int status, int diagnostics) {
        assertThat(Refusal.of(reason).status()).isEqualTo(status);
        assertThat(Refusal.of(reason).diagnostics()).isEqualTo(diagnostics);
    }
}
