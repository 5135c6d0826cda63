// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static io.drawbridge.conformance.CodecStream.acceptedRequest;
import static io.drawbridge.conformance.CodecStream.assertDropped;
import static io.drawbridge.conformance.CodecStream.assertEnded;
import static io.drawbridge.conformance.CodecStream.assertRefused;
import static io.drawbridge.conformance.Wire.rfc4475;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.codec.StreamFault;
import io.drawbridge.testbed.Specified;
import org.junit.jupiter.api.Test;

class MalformedMessagesTest {
    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.1", requirement = "badinv01: extraneous header field separators")
    void straySeparatorsAreRefused() {
        assertRefused(rfc4475("badinv01"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.2",
            requirement = "clerr: Content-Length larger than the message")
    void aBodyThatDoesNotComeIsNotWaitedForLong() {

        try (CodecStream stream = new CodecStream()) {
            assertThat(stream.read(rfc4475("clerr"))).isEmpty();
            assertThat(stream.pass(29)).isEmpty();
            assertThat(stream.isOpen()).isTrue();
            assertThat(stream.pass(2)).containsExactly(StreamFault.INCOMPLETE_TOO_LONG);
            assertThat(stream.isOpen()).isFalse();
        }
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.3", requirement = "ncl: negative Content-Length")
    void aNegativeContentLengthEndsTheStream() {
        assertEnded(rfc4475("ncl"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.4",
            requirement = "scalar02: request scalar fields with overlarge values")
    void overlargeNumbersInARequestAreRefused() {
        assertRefused(rfc4475("scalar02"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.5",
            requirement = "scalarlg: response scalar fields with overlarge values")
    void aResponseWithOverlargeNumbersIsDropped() {
        assertDropped(rfc4475("scalarlg"));
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.6",
            requirement = "quotbal: unterminated quoted string in display name")
    void anUnterminatedQuoteIsRefused() {
        assertRefused(rfc4475("quotbal"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.7", requirement = "ltgtruri: <> enclosing the Request-URI")
    void bracketsAroundTheRequestUriAreRefused() {
        assertRefused(rfc4475("ltgtruri"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.8",
            requirement = "lwsruri: malformed Request-URI with embedded white space")
    void whiteSpaceInTheRequestUriIsRefused() {
        assertRefused(rfc4475("lwsruri"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.9",
            requirement = "lwsstart: multiple SP separating Request-Line elements")
    void severalSpacesInTheStartLineAreRefused() {
        assertRefused(rfc4475("lwsstart"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.10",
            requirement = "trws: SP characters at the end of the Request-Line")
    void trailingSpacesInTheStartLineAreRefused() {
        assertRefused(rfc4475("trws"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.11", requirement = "escruri: escaped headers in the Request-URI")
    void headersInTheRequestUriAreRefusedAndNeverObeyed() {
        assertRefused(rfc4475("escruri"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.12",
            requirement = "baddate: invalid time zone in the Date header field")
    void anOddDateIsNobodysBusinessHere() {
        acceptedRequest(rfc4475("baddate"));
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.13",
            requirement = "regbadct: failure to enclose name-addr URI in <>")
    void aBareContactWithHeadersIsRefused() {
        assertRefused(rfc4475("regbadct"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.14", requirement = "badaspec: spaces within addr-spec")
    void spacesWithinBracketsAreRefused() {
        assertRefused(rfc4475("badaspec"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.15", requirement = "baddn: non-token characters in display name")
    void anUnquotedDisplayNameWithSpecialsIsRefused() {
        assertRefused(rfc4475("baddn"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.16", requirement = "badvers: unknown protocol version")
    void anUnknownVersionIsAnsweredSo() {
        assertRefused(rfc4475("badvers"), 505);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.17",
            requirement = "mismatch01: start line and CSeq method mismatch")
    void aMethodThatContradictsCSeqIsRefused() {
        assertRefused(rfc4475("mismatch01"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.1.2.18",
            requirement = "mismatch02: unknown method with CSeq method mismatch")
    void anUnknownMethodThatContradictsCSeqIsRefused() {
        assertRefused(rfc4475("mismatch02"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.1.2.19", requirement = "bigcode: overlarge response code")
    void aResponseWithAnOverlargeCodeIsDropped() {
        assertDropped(rfc4475("bigcode"));
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.2.1", requirement = "badbranch: missing transaction identifier")
    void aBranchThatIsOnlyTheCookieIsRefused() {
        assertRefused(rfc4475("badbranch"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.1", requirement = "insuf: missing required header fields")
    void aRequestWithoutFromToAndCallIdIsAnsweredAllTheSame() {

        assertRefused(rfc4475("insuf"), 400);
    }

    @Test
    @Specified(
            document = "RFC 4475",
            section = "3.3.8",
            requirement = "multi01: multiple values in single-value required fields")
    void repeatedSingleHeadersAreRefused() {
        assertRefused(rfc4475("multi01"), 400);
    }

    @Test
    @Specified(document = "RFC 4475", section = "3.3.9", requirement = "mcl01: multiple Content-Length values")
    void conflictingContentLengthsEndTheStream() {
        assertEnded(rfc4475("mcl01"), 400);
    }
}
