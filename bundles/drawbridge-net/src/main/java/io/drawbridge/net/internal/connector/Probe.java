// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.drawbridge.net.internal.tls.NoCredentials;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tries a destination afresh, the way traffic would, and writes down each step. */
final class Probe {
    /** With TLS 1.3 the peer judges this appliance's certificate after the handshake has ended here. */
    private static final long JUDGEMENT_MILLIS = 1500;

    private final ConnectionMaker maker;
    private final Destination destination;
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<List<Step>> result = new CompletableFuture<>();

    Probe(ConnectionMaker maker, Destination destination) {
        this.maker = maker;
        this.destination = destination;
    }

    CompletableFuture<List<Step>> run() {
        ClientCredentials credentials;
        try {
            credentials = maker.credentials(destination);
        } catch (NoCredentials none) {
            steps.add(Step.failed("own certificate", none.getMessage(), Duration.ZERO, Remedies.OWN_CERTIFICATE));
            return CompletableFuture.completedFuture(List.copyOf(steps));
        }
        FailedTargets afresh = new FailedTargets(
                () -> new BackOff(Duration.ZERO, Duration.ZERO), InstantSource.system(), new Random());
        maker.setUp(new Setup.Call(destination, destination.check(), credentials, afresh, true, steps::add))
                .whenComplete((opened, failure) -> {
                    if (failure == null) {
                        awaitJudgement(opened);
                    } else {
                        failed(SetupFailure.of(failure));
                    }
                });
        return result;
    }

    private void failed(SetupFailure failure) {
        boolean told = !steps.isEmpty() && steps.get(steps.size() - 1).result() == Step.Result.FAILED;
        if (!told) {
            steps.add(Step.failed(
                    "connection",
                    failure.getMessage(),
                    Duration.ZERO,
                    failure.reason().remedy()));
        }
        result.complete(List.copyOf(steps));
    }

    private void awaitJudgement(Opened opened) {
        long start = System.nanoTime();
        opened.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                judged("the peer closed the connection right after the handshake", start);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                judged(String.valueOf(cause.getMessage()), start);
            }
        });
        opened.release();
        opened.channel()
                .eventLoop()
                .schedule(
                        () -> {
                            if (!result.isDone()) {
                                steps.add(Step.ok("acceptance", "the peer keeps the connection", Dialer.since(start)));
                                result.complete(List.copyOf(steps));
                                opened.channel().close();
                            }
                        },
                        JUDGEMENT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void judged(String trouble, long start) {
        if (!result.isDone()) {
            steps.add(Step.failed("acceptance", trouble, Dialer.since(start), Remedies.ACCEPTANCE));
            result.complete(List.copyOf(steps));
        }
    }
}
