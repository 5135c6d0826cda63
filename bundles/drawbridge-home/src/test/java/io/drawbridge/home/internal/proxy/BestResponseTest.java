// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.lib.jainsip.SipParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 section 16.7 step 6. */
final class BestResponseTest {
    @ParameterizedTest(name = "of {0} the sender gets {1}")
    @CsvSource({
        "486 603 302, 603",
        "486 302, 302",
        "500 486, 486",
        "486 480 401, 401",
        "404 415, 415",
        "503 500, 500",
        "503, 503",
        "503 404, 404",
    })
    void theBestIsChosen(String statuses, int best) throws Exception {
        BestResponse response = new BestResponse();
        for (String status : Arrays.asList(statuses.split(" ", -1))) {
            response.add(response(status, ""));
        }
        assertThat(response.choose().orElseThrow().getStatusCode()).isEqualTo(best);
    }

    @Test
    void challengesOfAllBranchesReachTheSender() throws Exception {
        BestResponse response = new BestResponse();
        response.add(response("407", "Proxy-Authenticate: Digest realm=\"a\",nonce=\"1\"\r\n"));
        response.add(response("401", "WWW-Authenticate: Digest realm=\"b\",nonce=\"2\"\r\n"));
        String text = new String(SipParser.text(response.choose().orElseThrow()).bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains("realm=\"a\"", "realm=\"b\"");
    }

    private static SIPResponse response(String status, String header) throws Exception {
        return (SIPResponse) SipParser.parse(("SIP/2.0 " + status + " x\r\nVia: SIP/2.0/TLS h;branch=z9hG4bK1\r\n"
                        + "From: <sip:a@b.example>;tag=1\r\nTo: <sip:b@c.example>;tag=" + status
                        + "\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n" + header + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}
