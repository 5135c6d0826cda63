// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to the home by MSRP: RFC 4975, RFC 6135, RFC 7573, interworking 6.6.1. */
class MsrpDeliveryTest extends MsrpTalk {
    @Test
    @Specified(document = "RFC 7573", section = "6", requirement = "The first message opens a session and goes in it")
    void theFirstMessageOpensASessionAndGoesInIt() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        String invite = scene.gets("INVITE sip:romeo@corp.example");
        assertThat(Scene.body(invite)).contains("a=setup:actpass").contains("TCP/TLS/MSRP");
        scene.accepts(invite, SDP);
        connectedTo("10.0.0.1:2855");
        String send = reads();
        assertThat(send)
                .contains(" SEND\r\nTo-Path: " + ROMEOS_PATH + "\r\nFrom-Path: " + path(invite))
                .contains("Byte-Range: 1-2/2")
                .endsWith("\r\n-------" + send.split(" ", 3)[1] + "$\r\n")
                .contains("\r\n\r\nHi\r\n");
        assertThat(outcome).isNotDone();
        responds(send, "200 OK");

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    @Test
    @Specified(document = "RFC 6135", section = "4.2.2", requirement = "An answerer that is active connects itself")
    void whoAnswersThatItConnectsIsWaitedFor() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        String invite = scene.gets("INVITE ");
        scene.accepts(invite, SDP + "a=setup:active\n");
        assertThat(scene.connectedTo).isNull();
        connects();
        writes("t001", "SEND", path(invite), "$", "", "Message-ID: m0", "Byte-Range: 1-0/0");
        String send = reads();
        assertThat(send).contains("\r\n\r\nHi\r\n");
        assertThat(reads()).startsWith("MSRP t001 200");
        responds(send, "200 OK");

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    @Test
    @Specified(
            document = "RFC 4975",
            section = "5.1",
            requirement = "A message of more than 2048 octets goes in chunks")
    void aLongMessageGoesInChunks() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "x".repeat(5000));
        opened();
        List<String> chunks = List.of(reads(), reads(), reads());
        assertThat(chunks.get(0)).contains("Byte-Range: 1-2048/5000").endsWith("+\r\n");
        assertThat(chunks.get(1)).contains("Byte-Range: 2049-4096/5000").endsWith("+\r\n");
        assertThat(chunks.get(2)).contains("Byte-Range: 4097-5000/5000").endsWith("$\r\n");
        responds(chunks.get(0), "200");
        responds(chunks.get(1), "200");
        assertThat(outcome).isNotDone();
        responds(chunks.get(2), "200");

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
    }

    /** What the invitation took of a message's time is gone: the next one does not wait longer than this one could. */
    @Test
    void aMessageThatIsNotAnsweredBlocksTheNextNoLongerThanItsTime() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        String invite = scene.gets("INVITE ");
        says("m2", "Are you there?");
        scene.time.advance(Duration.ofSeconds(20));
        says("m3", "Hello?");
        scene.accepts(invite, SDP);
        connectedTo("10.0.0.1:2855");
        assertThat(reads()).contains("\r\n\r\nHi\r\n");
        scene.time.advance(Duration.ofSeconds(10));

        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.TIMED_OUT));
        assertThat(reads()).as("m2 had no more time than m1").contains("\r\n\r\nHello?\r\n");
    }

    @Test
    @Specified(document = "RFC 4975", section = "7.1.2", requirement = "A REPORT says what became of a message")
    void aReceiptThatIsWantedComesByReport() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi", Receipt.Kind.DELIVERED);
        opened();
        String send = reads();
        assertThat(send).contains("Success-Report: yes");
        responds(send, "200");
        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.HandedOver());
        assertThat(scene.events).isEmpty();
        String id = send.replaceAll("(?s).*Message-ID: (\\S+).*", "$1");
        String from = send.replaceAll("(?s).*From-Path: (\\S+).*", "$1");
        writes("t001", "REPORT", from, "$", "", "Message-ID: " + id, "Byte-Range: 1-2/2", "Status: 000 200 OK");

        assertThat(scene.event(Event.Acknowledged.class).receipt())
                .isEqualTo(new Receipt("m1", Receipt.Kind.DELIVERED));
        readsNothing();
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN", "413, POLICY_VIOLATION", "415, NOT_ACCEPTABLE", "408, REMOTE_SERVER_TIMEOUT"})
    void aRefusalIsTold(int status, Condition condition) {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        opened();
        responds(reads(), status + " No");

        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(condition));
    }

    @Test
    void aMessageLargerThanTheOtherSideTakesIsNotSent() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "much too long");
        scene.accepts(scene.gets("INVITE "), SDP + "a=max-size:4\n");
        connectedTo("10.0.0.1:2855");

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        readsNothing();
    }

    @Test
    void aForgottenSessionIsOpenedOnceMore() {
        scene.with("messageMode", "MSRP");
        says("m1", "Hi");
        opened();
        responds(reads(), "481");
        String invite = scene.gets("INVITE ");

        assertThat(Scene.body(invite)).contains("TCP/TLS/MSRP");
    }

    @Test
    void aLostConnectionEndsTheSessionAndIsTold() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        opened();
        reads();
        line.close();
        line.runPendingTasks();

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.gets("BYE ");
    }

    @Test
    void aConnectionThatCannotBeMadeEndsTheSessionAndIsTold() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        scene.accepts(scene.gets("INVITE "), SDP);
        scene.connecting.accept(null, Reason.UNREACHABLE);

        assertThat(outcome.getNow(null))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.UNREACHABLE));
        scene.gets("BYE ");
    }

    @Test
    void aConnectionThatWasLostBeforeItIsUsedEndsTheSessionAndIsTold() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        scene.accepts(scene.gets("INVITE "), SDP);
        line = new EmbeddedChannel();
        MsrpLine made = scene.agent.line(line);
        line.close();
        line.runPendingTasks();
        scene.connecting.accept(made, null);

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.gets("BYE ");
    }

    /** Who says that it waits and connects all the same has one connection, and the session ends with that one only. */
    @Test
    void ofTwoConnectionsTheFirstIsKept() {
        scene.with("messageMode", "MSRP");
        says("m1", "Hi");
        String invite = scene.gets("INVITE ");
        scene.accepts(invite, SDP);
        connects();
        writes("t001", "SEND", path(invite), "$", "", "Message-ID: m0", "Byte-Range: 1-0/0");
        assertThat(reads()).contains("\r\n\r\nHi\r\n");
        EmbeddedChannel second = new EmbeddedChannel();
        scene.connecting.accept(scene.agent.line(second), null);
        second.runPendingTasks();

        assertThat(second.isOpen()).isFalse();
        assertThat(line.isOpen()).isTrue();
        scene.getsNothing();
    }

    @Test
    void whatWaitsForTheConnectionIsToldWhenTheOtherSideLeaves() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome = says("m1", "Hi");
        String invite = scene.gets("INVITE ");
        scene.accepts(invite, SDP + "a=setup:active\n");
        scene.hangsUp(invite);

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
    }

    /** What nobody opened a session for leaves nothing behind, however often somebody outside sends it. */
    @Test
    void typingWithoutASessionLeavesNoEndBehind() {
        scene.with("messageMode", "MSRP");
        CompletableFuture<DeliveryOutcome> outcome =
                scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.COMPOSING));

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        assertThat(scene.agent.msrpEnds()).isZero();
    }

    @Test
    void whoDoesNotReadItsAnswersIsNotReadEither() {
        invitedAndConnected();
        line.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        line.runPendingTasks();
        assertThat(line.config().isAutoRead()).isFalse();
        line.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        line.runPendingTasks();

        assertThat(line.config().isAutoRead()).isTrue();
    }

    @Test
    void nobodyWhoConnectsIsWaitedForLong() {
        invites(SDP);
        scene.time.advance(Duration.ofSeconds(30));

        scene.gets("BYE ");
    }

    @Test
    void leavingIsAByeAndClosesTheConnection() {
        String to = invitedAndConnected();
        said(to, "Hi");
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.GONE));
        scene.gets("BYE ");
        line.runPendingTasks();

        assertThat(line.isOpen()).isFalse();
    }

    @Test
    void typingGoesAsIsComposingToWhoTakesIt() {
        String to = invitedAndConnected();
        said(to, "Hi");
        reads();
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.COMPOSING));

        assertThat(reads())
                .contains("Content-Type: application/im-iscomposing+xml")
                .contains("<state>active</state>");
    }

    /** Which mode a home prefers is found out for each user, and remembered. */
    @Test
    void whoRefusesTheOtherModesGetsThisOneFromThenOn() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE sip:romeo"), 405);
        scene.answers(scene.gets("INVITE "), 488);
        scene.gets("ACK ");
        scene.answers(scene.gets("INVITE "), 488);
        scene.gets("ACK ");
        String invite = scene.gets("INVITE ");
        assertThat(Scene.body(invite)).contains("TCP/TLS/MSRP");
        scene.accepts(invite, SDP);
        connectedTo("10.0.0.1:2855");
        responds(reads(), "200");
        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
        scene.deliver(new Event.Typing(Scene.BALCONY, Scene.ANY_ROMEO, "T1", Composing.GONE));
        scene.gets("BYE ");
        scene.says("again");

        assertThat(Scene.body(scene.gets("INVITE "))).contains("TCP/TLS/MSRP");
    }

    @Test
    void whoRefusesEveryModeIsToldOnce() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        scene.answers(scene.gets("MESSAGE sip:romeo"), 405);
        for (String offered : List.of("sip null", "sip null", "TCP/TLS/MSRP")) {
            String invite = scene.gets("INVITE ");
            assertThat(Scene.body(invite)).contains(offered);
            scene.answers(invite, 488);
            scene.gets("ACK ");
        }

        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.getsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256 AB", "sha-1 00", "", "sha-256", "md5 00:11"})
    void aFingerprintThatProvesNothingIsNotTheRightOne(String stated) {
        assertThat(MsrpConnections.isOf(stated, new byte[] {1, 2, 3})).isFalse();
    }

    @Test
    void aFingerprintIsComparedOctetByOctet() throws java.security.NoSuchAlgorithmException {
        byte[] certificate = {1, 2, 3};
        String hash = java.util.HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(certificate));

        assertThat(MsrpConnections.isOf("sha-256 " + hash, certificate)).isTrue();
        assertThat(MsrpConnections.isOf("sha-256 " + hash, new byte[] {1, 2, 4}))
                .isFalse();
    }
}
