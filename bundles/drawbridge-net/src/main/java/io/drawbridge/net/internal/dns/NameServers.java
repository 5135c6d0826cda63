// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.directory.NameServerStatus;
import io.drawbridge.api.directory.NameServerStatus.State;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/**
 * The DNS servers to ask: beginning with the one that answered last, each twice, until one answers or time is up. Runs
 * on one event loop.
 */
final class NameServers {
    private static final Logger log = LoggerFactory.getLogger(NameServers.class);
    private static final int ROUNDS = 2;
    /** Fits every path without fragments (DNS flag day 2020). */
    private static final int UDP_PAYLOAD = 1232;

    private final EventLoop loop;
    private final Duration timeout;
    private final InstantSource clock;
    private final List<SimpleResolver> servers;
    private final NameServerStatus[] states;
    private volatile int preferred;

    NameServers(List<InetSocketAddress> addresses, Duration timeout, EventLoop loop, InstantSource clock) {
        this.loop = loop;
        this.timeout = timeout;
        this.clock = clock;
        DnsTransport transport = new DnsTransport(loop);
        Duration each = addresses.isEmpty() ? timeout : timeout.dividedBy((long) ROUNDS * addresses.size());
        this.servers = addresses.stream()
                .map(address -> server(address, transport, each))
                .toList();
        this.states = addresses.stream()
                .map(address -> new NameServerStatus(
                        NetUtil.toSocketAddressString(address), State.UNKNOWN, "", clock.instant()))
                .toArray(NameServerStatus[]::new);
    }

    /** Returns an answer, positive or negative, or fails with an {@link IOException} for people. */
    CompletableFuture<Message> ask(Record question) {
        CompletableFuture<Message> answer = new CompletableFuture<>();
        if (servers.isEmpty()) {
            answer.completeExceptionally(new IOException("no name server is configured"));
            return answer;
        }
        try {
            var expiry = loop.schedule(
                    () -> answer.completeExceptionally(new IOException("no name server answered in time")),
                    timeout.toMillis(),
                    TimeUnit.MILLISECONDS);
            answer.whenComplete((message, failure) -> expiry.cancel(false));
            loop.execute(() -> ask(question, preferred, 0, answer));
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(new IOException("look-ups have ended", closed));
        }
        return answer;
    }

    synchronized List<NameServerStatus> states() {
        return List.of(states);
    }

    private void ask(Record question, int first, int tries, CompletableFuture<Message> answer) {
        int index = (first + tries) % servers.size();
        servers.get(index).sendAsync(Message.newQuery(question), Runnable::run).whenComplete((message, failure) -> {
            String trouble = failure == null ? trouble(message) : explain(failure);
            note(index, trouble);
            if (trouble.isEmpty()) {
                preferred = index;
                answer.complete(message);
            } else if (tries + 1 < ROUNDS * servers.size()) {
                if (!answer.isDone()) {
                    ask(question, first, tries + 1, answer);
                }
            } else {
                answer.completeExceptionally(new IOException(states[index].address() + ": " + trouble));
            }
        });
    }

    private synchronized void note(int index, String trouble) {
        State state = trouble.isEmpty() ? State.ANSWERS : State.FAILS;
        NameServerStatus before = states[index];
        if (before.state() != state || !before.why().equals(trouble)) {
            states[index] = new NameServerStatus(
                    before.address(), state, trouble, before.state() == state ? before.since() : clock.instant());
        }
        if (before.state() != state) {
            log.info("name server {} {} {}", before.address(), state == State.ANSWERS ? "answers" : "fails:", trouble);
        }
    }

    private static String trouble(Message message) {
        int code = message.getRcode();
        return code == Rcode.NOERROR || code == Rcode.NXDOMAIN ? "" : "answers " + Rcode.string(code);
    }

    /** In words of our own: those of the library and of the JDK speak of their classes. */
    private static String explain(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SocketTimeoutException) {
            return "does not answer";
        }
        if (cause instanceof PortUnreachableException || cause instanceof ConnectException) {
            return "nothing listens there";
        }
        if (cause instanceof NoRouteToHostException || cause instanceof SocketException) {
            return "cannot be reached from this machine";
        }
        return cause instanceof ClosedChannelException ? "breaks off" : "answers what cannot be read";
    }

    private static SimpleResolver server(InetSocketAddress address, DnsTransport transport, Duration timeout) {
        SimpleResolver server = new SimpleResolver(address);
        server.setIoClientFactory(transport);
        server.setTimeout(timeout);
        server.setEDNS(0, UDP_PAYLOAD, 0, List.of());
        return server;
    }
}
