// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 17.2.3 for what is matched without a parser. */
final class BriefTest {
    private static final String MESSAGE =
            """
            MESSAGE sip:bob@chat.example SIP/2.0
            Via: SIP/2.0/TLS Pool.Contoso.example:5061;rport;branch=z9hG4bKAbc;received=192.0.2.7
            Via: SIP/2.0/TLS 10.0.0.1;branch=z9hG4bKdef
            From: "Ann ;tag=no" <sip:ann@contoso.example>;tag=a;epid=1
            To: <sip:bob@chat.example>
            Call-ID: 1@192.0.2.7
            CSeq: 7 MESSAGE
            Content-Length: 0

            """
                    .replace("\n", "\r\n");

    private final SipFlow flow = new RecordingFlow("1");

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aMessageHasTheKeyThatItHasWhenItIsParsed() throws Exception {
        TransactionKey parsed = TransactionKey.of(SipParser.parse(octets(MESSAGE)), flow);
        assertThat(Brief.of(SipParser.read(octets(MESSAGE)), flow).map(Brief::key))
                .hasValue(parsed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"To: <sip:bob@chat.example>;tag=b", "To: <sip:bob@chat.example> ; TAG = b"})
    void whatBelongsToADialogIsLeftToTheParser(String to) throws Exception {
        String message = MESSAGE.replace("To: <sip:bob@chat.example>", to);
        assertThat(Brief.of(SipParser.read(octets(message)), flow)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CSeq: 7 MESSAGE,CSeq: 7 INVITE",
        "CSeq: 7 MESSAGE,CSeq: x MESSAGE",
        ">;tag=a;epid=1,>;epid=1",
        "Pool.Contoso.example:5061;rport;branch=z9hG4bKAbc,Pool.Contoso.example:5061;rport"
    })
    void whatLacksSomethingIsLeftToTheParserToRefuse(String whole, String lacking) throws Exception {
        String message = MESSAGE.replace(whole, lacking);
        assertThat(message).isNotEqualTo(MESSAGE);
        assertThat(Brief.of(SipParser.read(octets(message)), flow)).isEmpty();
    }

    @Test
    void aMessageSentWithoutAParserIsAnsweredOnce() throws Exception {
        List<Integer> heard = new ArrayList<>();
        TransactionLayer layer = new TransactionLayer(new ManualTime(), new Nobody(), () -> 4, () -> {});
        Outline outline = new Outline("SIP/2.0/TLS Pool.Contoso.example:5061;branch=z9hG4bKAbc", "1@192.0.2.7", 7);
        layer.sendBrief(octets(MESSAGE), outline, flow, TransactionLayer.TIMEOUT, new ClientTransaction.Listener() {
            @Override
            public void response(ClientTransaction transaction, SIPResponse response) {
                heard.add(response.getStatusCode());
            }

            @Override
            public void failed(ClientTransaction transaction, ClientTransaction.Failure failure) {
                heard.add(0);
            }
        });
        SIPResponse response = ((SIPRequest) SipParser.parse(octets(MESSAGE))).createResponse(480);
        response.setToTag("b");
        layer.received(flow, response.encodeAsBytes("TLS"));
        layer.received(flow, response.encodeAsBytes("TLS"));
        assertThat(heard).containsExactly(480);
        assertThat(layer.size()).isZero();
    }

    /** RFC 3261 section 21.4.1: "The request could not be understood due to malformed syntax". */
    @Test
    void whoNeedsMoreThanTheTextOfAMalformedRequestAnswersIt400() throws Exception {
        TransactionLayer layer = new TransactionLayer(
                new ManualTime(),
                new Nobody() {
                    @Override
                    public void request(ServerTransaction transaction) {
                        assertThatThrownBy(transaction::request)
                                .isInstanceOfSatisfying(UnreadableRequest.class, broken -> broken.answer(transaction));
                    }
                },
                () -> 4,
                () -> {});
        RecordingFlow home = new RecordingFlow("1", SipFlow.Kind.HOME);
        layer.received(home, octets(MESSAGE.replace("Content-Length", "Contact: <<sip:\r\nContent-Length")));
        assertThat(home.sent).singleElement().asString().startsWith("SIP/2.0 400 Malformed Header\r\n");
        assertThat(layer.size()).isZero();
    }

    @Test
    void whatIsSentHasTheKeyThatItHasWhenItIsParsed() throws Exception {
        TransactionLayer layer = new TransactionLayer(new ManualTime(), new Nobody(), () -> 4, () -> {});
        String via = layer.via(flow, "gw");
        String sent = "MESSAGE sip:bob@chat.example SIP/2.0\r\nVia: " + via + "\r\nFrom: <sip:a@b.example>;tag=1\r\n"
                + "To: <sip:bob@chat.example>\r\nCall-ID: Abc\r\nCSeq: 7 MESSAGE\r\nContent-Length: 0\r\n\r\n";

        assertThat(new Outline(via, "Abc", 7).key(flow))
                .isEqualTo(TransactionKey.of(SipParser.parse(octets(sent)), flow));
    }

    /** Expects to hear of strays only. */
    private static class Nobody implements TransactionUser {
        @Override
        public void request(ServerTransaction transaction) {
            throw new AssertionError("a request came");
        }

        @Override
        public void cancelled(ServerTransaction invite) {}

        @Override
        public void abandoned(ServerTransaction transaction) {}

        @Override
        public void acknowledged(SIPRequest ack, SipFlow flow) {}

        @Override
        public void stray(SIPResponse response, SipFlow flow) {}
    }
}
