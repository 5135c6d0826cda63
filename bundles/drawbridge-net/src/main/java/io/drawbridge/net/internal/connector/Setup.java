// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.Destination.Location;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.dns.Located;
import io.drawbridge.net.internal.dns.ServerLocator;
import io.drawbridge.net.internal.dns.Target;
import io.drawbridge.net.internal.tls.ClientCredentials;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One attempt at a destination: its servers in their order, each server's addresses in theirs, those that failed lately
 * last, until one is the right peer or time is up. Runs on one event loop.
 */
final class Setup {
    private final Destination destination;
    private final PeerCheck check;
    private final ServerLocator locator;
    private final Dialer dialer;
    private final ClientCredentials credentials;
    private final ConnectorSettings settings;
    private final FailedTargets failedTargets;
    private final boolean lastResorts;
    private final EventLoop loop;
    private final Consumer<Step> journal;

    private final CompletableFuture<Opened> result = new CompletableFuture<>();
    private final Queue<Target> servers = new ArrayDeque<>();
    private final Queue<Candidate> candidates = new ArrayDeque<>();
    private final Queue<Candidate> lastResort = new ArrayDeque<>();
    private String trying = "name servers";
    private SetupFailure lastFailure = new SetupFailure(Reason.UNREACHABLE, "no server");

    Setup(Call call, ServerLocator locator, Dialer dialer, ConnectorSettings settings, EventLoop loop) {
        this.destination = call.destination;
        this.check = call.check;
        this.credentials = call.credentials;
        this.failedTargets = call.failedTargets;
        this.lastResorts = call.lastResorts;
        this.journal = call.journal;
        this.locator = locator;
        this.dialer = dialer;
        this.settings = settings;
        this.loop = loop;
    }

    /**
     * What is wanted.
     *
     * @param destination where to
     * @param check which names the peer must have
     * @param credentials what to present
     * @param failedTargets what to try last
     * @param lastResorts whether to try those at all
     * @param journal takes each step
     */
    record Call(
            Destination destination,
            PeerCheck check,
            ClientCredentials credentials,
            FailedTargets failedTargets,
            boolean lastResorts,
            Consumer<Step> journal) {}

    /** Starts; the result completes on the event loop, exceptionally with {@link SetupFailure}. */
    CompletableFuture<Opened> start() {
        loop.execute(() -> {
            var expiry = loop.schedule(this::giveUp, settings.totalTimeout().toMillis(), TimeUnit.MILLISECONDS);
            result.whenComplete((opened, failure) -> expiry.cancel(false));
            long start = System.nanoTime();
            locator.servers(destination.location()).thenAcceptAsync(found -> serversFound(found, start), loop);
        });
        return result;
    }

    private void giveUp() {
        result.completeExceptionally(new SetupFailure(
                lastFailure.reason(),
                "no connection within " + settings.totalTimeout().toMillis() + " ms, last with " + trying));
    }

    private void serversFound(Located<Target> found, long start) {
        if (note(found, start)) {
            servers.addAll(found.found());
        }
        next();
    }

    private void next() {
        if (result.isDone()) {
            return;
        }
        if (!candidates.isEmpty()) {
            dial(candidates.remove());
        } else if (!servers.isEmpty()) {
            resolve(servers.remove());
        } else if (!lastResort.isEmpty()) {
            dial(lastResort.remove());
        } else {
            result.completeExceptionally(lastFailure);
        }
    }

    private void resolve(Target target) {
        long start = System.nanoTime();
        locator.addresses(target.server().host())
                .thenAcceptAsync(
                        found -> {
                            if (note(found, start)) {
                                found.found().forEach(address -> enqueue(target, address));
                            }
                            next();
                        },
                        loop);
    }

    private void enqueue(Target target, InetAddress address) {
        HostPort server = target.server();
        HostPort serverName = destination.location() instanceof Location.XmppDomain xmpp
                ? new HostPort(xmpp.domain().value(), server.port())
                : server;
        Candidate candidate =
                new Candidate(server, new InetSocketAddress(address, server.port()), serverName, target.tlsAtOnce());
        if (!failedTargets.rests(candidate.address())) {
            candidates.add(candidate);
        } else if (lastResorts) {
            lastResort.add(candidate);
        } else {
            lastFailure = new SetupFailure(Reason.UNREACHABLE, candidate + " failed lately and rests");
        }
    }

    private <T> boolean note(Located<T> found, long start) {
        boolean usable = found.failure() == Reason.ALLOWED;
        Duration took = Dialer.since(start);
        if (!usable) {
            String name = found.question().isEmpty() ? "location" : found.question();
            journal.accept(
                    Step.failed(name, found.detail(), took, found.failure().remedy()));
            lastFailure = new SetupFailure(found.failure(), (name + ": " + found.detail()).strip());
        } else if (!found.question().isEmpty()) {
            journal.accept(Step.ok(found.question(), found.detail(), took));
        }
        return usable;
    }

    private void dial(Candidate candidate) {
        trying = candidate.toString();
        Origin origin = new Origin(destination.side(), destination.protocol(), false);
        CompletableFuture<Opened> dialing = dialer.dial(loop, candidate, credentials, origin, settings, journal);
        // Who gives up the attempt gives up the address that is being tried.
        result.whenComplete((opened, failure) -> {
            if (failure != null) {
                dialing.completeExceptionally(failure);
            }
        });
        dialing.whenComplete((opened, failure) -> {
            if (result.isDone()) {
                failedTargets.failed(candidate.address());
            } else if (failure == null) {
                identify(opened);
            } else {
                failed(candidate, SetupFailure.of(failure));
            }
        });
    }

    private void identify(Opened opened) {
        if (check == PeerCheck.LATER) {
            succeed(opened);
            return;
        }
        String host = opened.candidate().server().host();
        Optional<PeerIdentity> peer =
                opened.secured().flatMap(secured -> secured.session().peer());
        Optional<String> refusal = peer.map(identity -> check.refusal(identity, host))
                .orElseGet(() -> Optional.of("the peer showed no certificate"));
        if (refusal.isEmpty()) {
            journal.accept(Step.ok("name", "the certificate is one for " + host, Duration.ZERO));
            succeed(opened);
            return;
        }
        opened.channel().close();
        journal.accept(Step.failed("name", refusal.get(), Duration.ZERO, Remedies.NAME));
        String message = opened.candidate() + ": " + refusal.get();
        failed(
                opened.candidate(),
                peer.map(identity -> SetupFailure.wrongName(message, identity, host))
                        .orElseGet(() -> new SetupFailure(Reason.CERTIFICATE_NOT_TRUSTED, message)));
    }

    private void succeed(Opened opened) {
        failedTargets.succeeded(opened.candidate().address());
        result.complete(opened);
    }

    private void failed(Candidate candidate, SetupFailure failure) {
        failedTargets.failed(candidate.address());
        lastFailure = failure;
        next();
    }
}
