// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.sip.SipFlow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17 and RFC 6026 on flows that lose nothing. */
final class TransactionLayerTest implements TransactionUser, ClientTransaction.Listener {
    private final List<String> heard = new ArrayList<>();
    private final List<ServerTransaction> requests = new ArrayList<>();
    private final ManualTime timers = new ManualTime();
    private final RecordingFlow flow = new RecordingFlow("1");
    private final RecordingFlow other = new RecordingFlow("2");
    private int limit = 4;
    private int refusals;
    private final TransactionLayer layer = new TransactionLayer(timers, this, () -> limit, () -> refusals++);

    @Test
    void aRequestIsAnsweredOnceAndThenForgotten() throws Exception {
        receive(flow, request("MESSAGE", "b1"));
        ServerTransaction transaction = requests.get(0);
        assertThat(transaction.respond(200)).isTrue();
        assertThat(transaction.respond(500)).isFalse();
        assertThat(flow.sent).hasSize(1);
        assertThat(flow.last()).contains("received=192.0.2.7", "rport=49152", "To: <sip:bob@contoso.example>;tag=");
        assertThat(layer.size()).isZero();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void anInviteIsToldToWaitAndItsRefusalLivesUntilTheAck() throws Exception {
        receive(flow, request("INVITE", "b1"));
        assertThat(flow.last()).startsWith("SIP/2.0 100 ");
        requests.get(0).respond(486);
        assertThat(layer.size()).isOne();
        receive(flow, request("ACK", "b1"));
        assertThat(layer.size()).isZero();
        assertThat(heard).containsExactly("request INVITE");
    }

    @Test
    void theAckOfA2xxIsPassedOnAndFurther2xxToo() throws Exception {
        receive(flow, request("INVITE", "b1"));
        assertThat(requests.get(0).respond(200)).isTrue();
        assertThat(requests.get(0).respond(200)).isTrue();
        assertThat(requests.get(0).respond(486)).isFalse();
        receive(flow, request("ACK", "b2"));
        assertThat(heard).containsExactly("request INVITE", "ack");
        timers.advance(TransactionLayer.TIMEOUT);
        assertThat(layer.size()).isZero();
    }

    @Test
    void nobodyCancelsFromAnotherConnection() throws Exception {
        receive(flow, request("INVITE", "b1"));
        receive(other, request("CANCEL", "b1"));
        assertThat(other.last()).startsWith("SIP/2.0 481 ");
        assertThat(heard).containsExactly("request INVITE");
        receive(flow, request("CANCEL", "b1"));
        assertThat(flow.last()).startsWith("SIP/2.0 200 ").contains("CSeq: 1 CANCEL");
        assertThat(heard).containsExactly("request INVITE", "cancelled");
    }

    @Test
    void aRepeatedRequestIsAnsweredAgainAndNotSeenTwice() throws Exception {
        receive(flow, request("INVITE", "b1"));
        receive(flow, request("INVITE", "b1"));
        assertThat(heard).containsExactly("request INVITE");
        assertThat(flow.sent).hasSize(2);
    }

    @Test
    void aLostFlowAbandonsWhatWaitsOnIt() throws Exception {
        receive(flow, request("MESSAGE", "b1"));
        send(flow, "MESSAGE");
        layer.closed(flow);
        assertThat(heard).containsExactly("request MESSAGE", "failed FLOW_LOST", "abandoned");
        assertThat(layer.size()).isZero();
    }

    @Test
    void aFlowThatTakesNothingFailsTheRequestButNotBeforeItsTransactionIsKnown() throws Exception {
        flow.open = false;
        send(flow, "MESSAGE");
        assertThat(heard).isEmpty();
        timers.advance(Duration.ZERO);
        assertThat(heard).containsExactly("failed FLOW_LOST");
    }

    @Test
    void whatIsNotAnsweredInTimeFailsOnce() throws Exception {
        send(flow, "MESSAGE");
        timers.advance(TransactionLayer.TIMEOUT);
        timers.advance(TransactionLayer.TIMEOUT);
        assertThat(heard).containsExactly("failed TIMED_OUT");
    }

    @Test
    void anInviteThatRingsHasNoTimeoutOfItsOwnAndARefusalIsAcknowledged() throws Exception {
        ClientTransaction call = send(flow, "INVITE");
        respond(flow, call, 180);
        timers.advance(Duration.ofMinutes(10));
        respond(flow, call, 486);
        assertThat(heard).containsExactly("response 180", "response 486");
        assertThat(flow.last()).startsWith("ACK sip:bob@contoso.example").contains("CSeq: 1 ACK");
        assertThat(layer.size()).isZero();
    }

    @Test
    void cancelWaitsForAProvisionalResponse() throws Exception {
        ClientTransaction call = send(flow, "INVITE");
        call.cancel();
        assertThat(flow.sent).hasSize(1);
        respond(flow, call, 100);
        assertThat(flow.last())
                .startsWith("CANCEL ")
                .contains(call.request().getTopmostVia().getBranch());
        timers.advance(TransactionLayer.TIMEOUT);
        assertThat(heard).containsExactly("response 100", "failed TIMED_OUT");
    }

    @Test
    void aResponseFromAnotherConnectionIsNotTheAnswer() throws Exception {
        ClientTransaction message = send(flow, "MESSAGE");
        respond(other, message, 200);
        assertThat(heard).containsExactly("stray 200");
    }

    @Test
    void beyondTheLimitARequestIsRefusedAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            receive(flow, request("MESSAGE", "b" + i));
        }
        assertThat(requests).hasSize(4);
        assertThat(flow.sent).hasSize(1);
        assertThat(flow.last()).startsWith("SIP/2.0 503 ").contains("Retry-After: 10");
        assertThat(refusals).isEqualTo(1);
        limit = 5;
        receive(flow, request("MESSAGE", "b5"));
        assertThat(requests).hasSize(5);
    }

    private void receive(SipFlow from, String message) throws MalformedMessage {
        layer.received(from, SipParser.parse(message.getBytes(StandardCharsets.UTF_8)));
    }

    private ClientTransaction send(SipFlow to, String method) throws MalformedMessage {
        String text = request(method, "x").replaceFirst("Via: .*", "Via: " + layer.via(to, ""));
        SIPRequest request = (SIPRequest) SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
        return layer.send(request, to, TransactionLayer.TIMEOUT, this);
    }

    private void respond(SipFlow from, ClientTransaction transaction, int status) throws MalformedMessage {
        SIPResponse response = transaction.request().createResponse(status);
        response.setToTag("b");
        layer.received(from, SipParser.parse(response.encodeAsBytes("TLS")));
    }

    private static String request(String method, String branch) {
        return """
            %1$s sip:bob@contoso.example SIP/2.0
            Via: SIP/2.0/TLS 10.0.0.1:49152;branch=z9hG4bK%2$s;rport
            Max-Forwards: 70
            From: <sip:alice@contoso.example>;tag=a
            To: <sip:bob@contoso.example>
            Call-ID: 1@192.0.2.7
            CSeq: 1 %1$s
            Content-Length: 0

            """
                .formatted(method, branch)
                .replace("\n", "\r\n");
    }

    @Override
    public void request(ServerTransaction transaction) {
        requests.add(transaction);
        heard.add("request " + transaction.request().getMethod());
    }

    @Override
    public void cancelled(ServerTransaction invite) {
        heard.add("cancelled");
    }

    @Override
    public void abandoned(ServerTransaction transaction) {
        heard.add("abandoned");
    }

    @Override
    public void acknowledged(SIPRequest ack, SipFlow from) {
        heard.add("ack");
    }

    @Override
    public void stray(SIPResponse response, SipFlow from) {
        heard.add("stray " + response.getStatusCode());
    }

    @Override
    public void response(ClientTransaction transaction, SIPResponse response) {
        heard.add("response " + response.getStatusCode());
    }

    @Override
    public void failed(ClientTransaction transaction, ClientTransaction.Failure failure) {
        heard.add("failed " + failure);
    }
}
