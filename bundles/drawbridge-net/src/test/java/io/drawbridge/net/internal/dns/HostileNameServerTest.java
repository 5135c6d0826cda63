// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.FederationRecord.Status;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;

/** What no honest name server says. */
@Timeout(30)
class HostileNameServerTest {
    private static final int MILLIS = 1500;
    private static final int LONG_MILLIS = 10_000;

    @Test
    void garbageIsAFailureInTime() throws Exception {
        try (Responder responder = new Responder(query -> List.of(new byte[] {1, 2, 3}, new byte[600]))) {
            assertThat(look(responder).status()).isEqualTo(Status.FAILED);
        }
    }

    @Test
    void silenceIsAFailureInTime() throws Exception {
        try (Responder responder = new Responder(query -> List.of())) {
            long before = System.nanoTime();
            assertThat(look(responder).status()).isEqualTo(Status.FAILED);
            assertThat(System.nanoTime() - before).isLessThan((MILLIS + 1000) * 1_000_000L);
        }
    }

    /** RFC 5452 section 9.1: a response that does not match the question's number is not its answer. */
    @Test
    void aWrongNumberIsWaitedPastForTheRightAnswer() throws Exception {
        Function<Message, List<byte[]>> twoAnswers = query -> {
            byte[] wrong = answer(query, "sip.evil.example").toWire();
            wrong[0] ^= 0x55;
            return List.of(wrong, answer(query, "sip.fabrikam.example").toWire());
        };
        try (Responder responder = new Responder(twoAnswers)) {
            assertThat(look(responder).targets()).containsExactly(new HostPort("sip.fabrikam.example", 5061));
        }
    }

    /** RFC 5452 section 9.1: nor is one to another question. */
    @Test
    void anAnswerToAnotherQuestionIsAFailure() throws Exception {
        Function<Message, List<byte[]>> other = query -> {
            Message answer = answer(query, "sip.evil.example");
            answer.removeAllRecords(Section.QUESTION);
            answer.addRecord(
                    Record.newRecord(Name.fromConstantString("evil.example."), 33, DClass.IN), Section.QUESTION);
            return List.of(answer.toWire());
        };
        try (Responder responder = new Responder(other)) {
            assertThat(look(responder).status()).isEqualTo(Status.FAILED);
        }
    }

    @Test
    void recordsOfANameNobodyAskedForAreNotTaken() throws Exception {
        Function<Message, List<byte[]>> foreign = query -> {
            Message answer = reply(query);
            answer.addRecord(srv("_sipfederationtls._tcp.other.example.", "sip.evil.example"), Section.ANSWER);
            return List.of(answer.toWire());
        };
        try (Responder responder = new Responder(foreign)) {
            assertThat(look(responder).status()).isEqualTo(Status.NONE);
        }
    }

    @Test
    void targetsThatAreNoHostNamesAreLeftOut() throws Exception {
        Function<Message, List<byte[]>> odd = query -> {
            Message answer = answer(query, "sip.fabrikam.example");
            String name = query.getQuestion().getName().toString();
            answer.addRecord(srv(name, "10.1.2.3"), Section.ANSWER);
            answer.addRecord(srv(name, "a\\032b\\013\\010c.example"), Section.ANSWER);
            return List.of(answer.toWire());
        };
        try (Responder responder = new Responder(odd)) {
            assertThat(look(responder).targets()).containsExactly(new HostPort("sip.fabrikam.example", 5061));
        }
    }

    @Test
    void truncationWithoutTcpIsAFailure() throws Exception {
        Function<Message, List<byte[]>> truncated = query -> {
            Message answer = reply(query);
            answer.getHeader().setFlag(Flags.TC);
            return List.of(answer.toWire());
        };
        try (Responder responder = new Responder(truncated)) {
            assertThat(look(responder).status()).isEqualTo(Status.FAILED);
        }
    }

    @Test
    void aliasesInACircleEnd() throws Exception {
        Function<Message, List<byte[]>> circle = query -> {
            Message answer = reply(query);
            Name asked = query.getQuestion().getName();
            Name next = Name.fromConstantString("circle.example.");
            answer.addRecord(new CNAMERecord(asked, DClass.IN, 60, next), Section.ANSWER);
            answer.addRecord(new CNAMERecord(next, DClass.IN, 60, asked), Section.ANSWER);
            return List.of(answer.toWire());
        };
        try (Responder responder = new Responder(circle)) {
            assertThat(look(responder).status()).isEqualTo(Status.NONE);
        }
    }

    @Test
    void anEndlessChainOfAliasesOverManyAnswersEnds() throws Exception {
        AtomicInteger links = new AtomicInteger();
        Function<Message, List<byte[]>> endless = query -> {
            Message answer = reply(query);
            Name next = Name.fromConstantString("link-" + links.incrementAndGet() + ".example.");
            answer.addRecord(new CNAMERecord(query.getQuestion().getName(), DClass.IN, 60, next), Section.ANSWER);
            return List.of(answer.toWire());
        };
        try (Responder responder = new Responder(endless)) {
            assertThat(look(responder).status()).isEqualTo(Status.NONE);
            assertThat(links.get()).isLessThan(10);
        }
    }

    @Test
    void lookUpsBeyondTheBoundFailAtOnce() throws Exception {
        try (Responder silent = new Responder(query -> List.of());
                DnsBench dns = new DnsBench("servers", silent.address(), "maxPending", 10, "timeoutMillis", MILLIS)) {
            for (int i = 0; i < 10; i++) {
                dns.resolver.ask(Srv.federation(DomainName.of("d" + i + ".example")));
            }
            CompletableFuture<Answer> eleventh =
                    dns.resolver.ask(Srv.federation(DomainName.of("one-too-many.example")));
            assertThat(eleventh).isDone();
            assertThat(eleventh.join().detail()).contains("too many");
        }
    }

    @Test
    void equalQuestionsShareOneLookUpWhileTheServerTakesItsTime() throws Exception {
        AtomicInteger queries = new AtomicInteger();
        CountDownLatch allAsked = new CountDownLatch(1);
        Function<Message, List<byte[]>> late = query -> {
            queries.incrementAndGet();
            await(allAsked);
            return List.of(answer(query, "sip.fabrikam.example").toWire());
        };
        try (Responder responder = new Responder(late);
                DnsBench dns = new DnsBench("servers", responder.address(), "timeoutMillis", LONG_MILLIS)) {
            Question question = Srv.federation(DomainName.of("fabrikam.example"));
            List<CompletableFuture<Answer>> answers =
                    Stream.generate(() -> dns.resolver.ask(question)).limit(100).toList();
            allAsked.countDown();
            for (CompletableFuture<Answer> answer : answers) {
                assertThat(DnsBench.wait(answer).kind()).isEqualTo(Answer.Kind.FOUND);
            }
            assertThat(queries).hasValue(1);
        }
    }

    @Test
    void aLookUpUnderWayIsAnsweredByTheServerItWasAskedOf() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        Function<Message, List<byte[]>> late = query -> {
            asked.countDown();
            await(changed);
            return List.of(answer(query, "sip.fabrikam.example").toWire());
        };
        try (Responder responder = new Responder(late);
                DnsComponent dns =
                        new DnsComponent(Map.of("servers", responder.address(), "timeoutMillis", LONG_MILLIS))) {
            CompletionStage<FederationRecord> underWay = dns.look(DomainName.of("fabrikam.example"));
            await(asked);

            dns.configure(Map.of("servers", "127.0.0.1:1"));
            changed.countDown();

            assertThat(DnsBench.wait(underWay).targets()).containsExactly(new HostPort("sip.fabrikam.example", 5061));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static FederationRecord look(Responder responder) throws Exception {
        try (DnsBench dns = new DnsBench("servers", responder.address(), "timeoutMillis", MILLIS)) {
            return dns.look("fabrikam.example");
        }
    }

    private static Message answer(Message query, String target) {
        Message answer = reply(query);
        answer.addRecord(srv(query.getQuestion().getName().toString(), target), Section.ANSWER);
        return answer;
    }

    private static Message reply(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    private static Record srv(String owner, String target) {
        Name name = Name.fromConstantString(owner);
        return new SRVRecord(name, DClass.IN, 60, 0, 0, 5061, Name.fromConstantString(target + "."));
    }

    /** Answers each datagram with what it is told to. */
    private static final class Responder implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

        Responder(Function<Message, List<byte[]>> answers) throws IOException {
            new Thread(() -> serve(answers), "responder").start();
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        private void serve(Function<Message, List<byte[]>> answers) {
            byte[] buffer = new byte[2048];
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                    for (byte[] answer : answers.apply(query)) {
                        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                    }
                }
            } catch (IOException closed) {
                assertThat(socket.isClosed()).isTrue();
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
