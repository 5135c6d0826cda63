// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Side;
import io.drawbridge.sip.internal.relay.RelayHarness;
import io.drawbridge.sip.internal.relay.TestPeer;
import io.drawbridge.testbed.Specified;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The torture tests through the whole relay: what a partner gets for an answer, and what arrives at home. */
class RelayedMessagesTest {
    private static final String DOCUMENT = "RFC 4475";

    private final RelayHarness harness = new RelayHarness();
    private final TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
    private final TestPeer home = harness.opened(Side.INSIDE, "pool.contoso.example");

    private void send(byte[] octets) {
        ((EmbeddedChannel) partner.channel()).writeInbound(Unpooled.wrappedBuffer(octets));
        harness.settle();
    }

    private String finalAnswer() {
        String answer = partner.gets();
        return answer.startsWith("SIP/2.0 100 ") ? partner.gets() : answer;
    }

    private void assertOpen() {
        assertThat(partner.channel().isActive()).isTrue();
    }

    /** Shows that the connection still serves: an OPTIONS for the edge itself is answered. */
    private void assertServes() {
        assertOpen();
        partner.sends(
                """
                OPTIONS sip:sip.contoso.example SIP/2.0
                Via: SIP/2.0/TLS sip.fabrikam.example:5061;branch=z9hG4bKafter
                Max-Forwards: 70
                From: <sip:sip.fabrikam.example>;tag=1
                To: <sip:sip.contoso.example>
                Call-ID: after
                CSeq: 1 OPTIONS
                """);
        partner.gets("SIP/2.0 200");
    }

    @ParameterizedTest
    @CsvSource({
        "badinv01, 400",
        "scalar02, 400",
        "quotbal, 400",
        "ltgtruri, 400",
        "lwsruri, 400",
        "lwsstart, 400",
        "trws, 400",
        "escruri, 400",
        "regbadct, 400",
        "badaspec, 400",
        "baddn, 400",
        "badvers, 505",
        "mismatch01, 400",
        "mismatch02, 400",
        "badbranch, 400",
        "insuf, 400",
        "multi01, 400"
    })
    @Specified(
            document = DOCUMENT,
            section = "3.1.2",
            requirement = "Malformed requests are answered and the connection goes on")
    void aMalformedRequestIsAnsweredAndTheNextOneServed(String name, int status) {
        send(Wire.rfc4475(name));
        partner.gets("SIP/2.0 " + status);
        home.getsNothing();
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ncl", "mcl01"})
    @Specified(
            document = DOCUMENT,
            section = "3.1.2",
            requirement = "A request whose end is unknown is answered and the connection closed")
    void aRequestWithoutAnEndIsAnsweredAndTheConnectionCloses(String name) {
        send(Wire.rfc4475(name));
        partner.gets("SIP/2.0 400");
        home.getsNothing();
        assertThat(partner.channel().isActive()).isFalse();
    }

    @Test
    @Specified(
            document = DOCUMENT,
            section = "3.1.2.2",
            requirement = "clerr: the connection closes when the body does not come")
    void aBodyThatDoesNotComeEndsTheConnection() {
        send(Wire.rfc4475("clerr"));
        harness.advance(29);
        assertOpen();
        harness.advance(2);
        home.getsNothing();
        assertThat(partner.channel().isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcast", "scalarlg", "bigcode", "unreason", "noreason"})
    @Specified(
            document = DOCUMENT,
            section = "3.3.10",
            requirement = "bcast: a response to none of our requests goes nowhere")
    @Specified(document = DOCUMENT, section = "3.1.2.5", requirement = "scalarlg: a response out of range goes nowhere")
    @Specified(document = DOCUMENT, section = "3.1.2.19", requirement = "bigcode: a response out of range goes nowhere")
    void aResponseToNothingGoesNowhere(String name) {
        send(Wire.rfc4475(name));
        partner.getsNothing();
        home.getsNothing();
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unkscm", "novelsc"})
    @Specified(document = DOCUMENT, section = "3.3.2", requirement = "unkscm: an unknown scheme is answered 416")
    @Specified(document = DOCUMENT, section = "3.3.3", requirement = "novelsc: an atypical scheme is answered 416")
    void aSchemeThatCannotBeRoutedIsAnswered416(String name) {
        send(Wire.rfc4475(name));
        partner.gets("SIP/2.0 416");
        assertServes();
    }

    @Test
    @Specified(
            document = DOCUMENT,
            section = "3.3.5",
            requirement = "bext01: a proxy answers 420 and lists what it does not support")
    void unknownProxyExtensionsAreAnswered420() {
        send(Wire.rfc4475("bext01"));
        String answer = partner.gets("SIP/2.0 420");
        assertThat(String.join(",", TestPeer.headers(answer, "Unsupported")))
                .contains("noProxiesSupportThis")
                .contains("norDoAnyProxiesSupportThis")
                .doesNotContain("nothingSupportsThis");
    }

    @Test
    @Specified(
            document = DOCUMENT,
            section = "3.3.11",
            requirement = "zeromf: a proxy sends the request no further; it may answer an OPTIONS itself")
    void spentHopsGoNoFurther() {
        send(Wire.rfc4475("zeromf"));
        assertThat(partner.gets()).matches("(?s)SIP/2.0 (200|483) .*");
        send(new String(Wire.rfc4475("zeromf"), UTF_8)
                .replace("OPTIONS", "INFO")
                .getBytes(UTF_8));
        partner.gets("SIP/2.0 483");
        home.getsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"escnull", "unksm2", "regaut01", "cparam01", "cparam02", "regescrt"})
    @Specified(document = DOCUMENT, section = "3.3.12", requirement = "REGISTER is not for an edge: 403 or 405")
    void aRegistrationFromOutsideIsRefused(String name) {
        send(Wire.rfc4475(name));
        assertThat(partner.gets()).matches("(?s)SIP/2.0 (403|405) .*");
        home.getsNothing();
        assertServes();
    }

    @Test
    @Specified(
            document = DOCUMENT,
            section = "3.1.1.8",
            requirement = "dblreq: on a stream the rest is the next request")
    void bothRequestsOfADoubleAreAnswered() {
        send(Wire.rfc4475("dblreq"));
        assertThat(partner.gets()).contains("CSeq: 8 REGISTER");
        assertThat(partner.gets()).contains("CSeq: 8 INVITE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"esc01", "lwsdisp", "semiuri", "transports", "baddate", "invut", "sdp01", "intmeth", "longreq"})
    @Specified(
            document = DOCUMENT,
            section = "3.1.1",
            requirement = "A well-formed request to a domain that is not ours is refused, never relayed")
    void whatIsForNobodyHereIsRefused(String name) {
        send(Wire.rfc4475(name));
        assertThat(finalAnswer()).matches("(?s)SIP/2.0 (403|404) .*");
        home.getsNothing();
        assertServes();
    }

    @ParameterizedTest
    @CsvSource({
        "wsinv, chair-dnrc.example.com, jdrosen@example.com>",
        "intmeth, (doesn't-it)@example.com, mundane@example.com",
        "esc01, user%40example.com@example.net, spaces@example.net",
        "esc02, registrar.example.com, resource@example.com>;tag",
        "lwsdisp, user@example.com, caller@example.com",
        "longreq, user@example.com, amazinglylongcallername@example.net",
        "semiuri, u%40example.net@example.com, caller@example.org",
        "transports, user@example.com, caller@example.com",
        "mpart01, kumiko@example.org, fluffy@example.com",
        "baddate, user@example.com, caller@example.net",
        "invut, user@example.com, caller@example.net",
        "sdp01, user@example.com, caller@example.net",
        "inv2543, UserB@example.com, +13035551111@ift.client.example.net"
    })
    @Specified(
            document = DOCUMENT,
            section = "3.1.1",
            requirement = "Valid messages are relayed with every line that is not the proxy's as it was")
    @Specified(document = DOCUMENT, section = "3.3.6", requirement = "invut: a proxy forwards a body it does not know")
    @Specified(document = DOCUMENT, section = "3.4.1", requirement = "inv2543: a proxy forwards an INVITE of RFC 2543")
    void aValidMessageArrivesAtHomeAsItWas(String name, String recipient, String sender) {
        String message = addressed(new String(Wire.rfc4475(name), ISO_8859_1), recipient, sender);
        send(message.getBytes(ISO_8859_1));

        String arrived = home.gets();
        String asRead = new String(message.getBytes(ISO_8859_1), UTF_8);
        assertThat(arrived.lines().toList()).containsSubsequence(untouchedLines(asRead));
        assertThat(body(arrived)).isEqualTo(body(asRead));
    }

    /** Makes one of our users the recipient and one of the partner's the sender, so that policy lets the message pass. */
    private static String addressed(String message, String recipient, String sender) {
        String ours = recipient.substring(0, recipient.lastIndexOf('@') + 1) + "contoso.example";
        String theirs = sender.replaceFirst("@[a-z.]+", "@fabrikam.example");
        String addressed = message.replace(sender, theirs)
                .replace(recipient, ours)
                .replace(
                        "<sip:services.example.com;lr;unknownwith=value;unknown-no-value>",
                        "<sip:sip.contoso.example:5061;lr>")
                .replace("Route: <sip:127.0.0.1:5080>", "Route: <sip:sip.contoso.example:5061;lr>");
        return message.contains("Call-ID: inv2543")
                ? addressed.replace("\r\n\r\n", "\r\nContent-Length: 105\r\n\r\n")
                : addressed;
    }

    /** The head without start line, top Via, Max-Forwards and our Route, which are the proxy's to change. */
    private static List<String> untouchedLines(String message) {
        int[] vias = {0};
        return message.substring(0, message.indexOf("\r\n\r\n"))
                .lines()
                .skip(1)
                .filter(line -> !line.matches("(?i)(max-forwards|route)\\s*:.*| <sip:sip.contoso.*"))
                .filter(line -> !line.matches("(?i)(via|v)\\s*:.*") || vias[0]++ > 0)
                .filter(line -> !line.contains("192.0.2.2;branch"))
                .toList();
    }

    private static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n"));
    }
}
