// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Destination.Location;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Locates servers by DNS. */
final class DnsServerLocator implements ServerLocator {
    private static final int SIPS_PORT = 5061;
    /** How long addresses of one family wait for those of the other (RFC 8305 section 3). */
    private static final long RESOLUTION_DELAY_MILLIS = 50;

    private final Resolver resolver;
    private final SrvOrder order;
    private final XmppServers xmppServers;
    private final EventLoop loop;

    DnsServerLocator(Resolver resolver, SrvOrder order, EventLoop loop) {
        this.resolver = resolver;
        this.order = order;
        this.xmppServers = new XmppServers(resolver, order);
        this.loop = loop;
    }

    @Override
    public CompletableFuture<Located<Target>> servers(Location location) {
        try {
            if (location instanceof Location.FederationSrv federation) {
                return federation(Srv.federation(federation.domain()));
            }
            if (location instanceof Location.XmppDomain xmpp) {
                return xmppServers.find(xmpp);
            }
            return server(((Location.Server) location).server());
        } catch (IllegalArgumentException notAName) {
            return done(Located.nothing(Reason.HOST_NOT_FOUND, "", notAName.getMessage()));
        }
    }

    @Override
    public CompletableFuture<Located<InetAddress>> addresses(String host) {
        InetAddress numeric = NetUtil.createInetAddressFromIpAddressString(host);
        if (numeric != null) {
            return done(Located.found(List.of(numeric), "", "an address"));
        }
        DomainName name;
        try {
            name = DomainName.of(host);
        } catch (IllegalArgumentException notAName) {
            return done(Located.nothing(Reason.HOST_NOT_FOUND, "", host + ": " + notAName.getMessage()));
        }
        CompletableFuture<Answer> four = resolver.ask(Question.of("", name, Type.A));
        CompletableFuture<Answer> six = resolver.ask(Question.of("", name, Type.AAAA));
        leaveBehind(four, six);
        leaveBehind(six, four);
        return four.thenCombine(six, (a, aaaa) -> addresses("A and AAAA " + name, a, aaaa));
    }

    private CompletableFuture<Located<Target>> federation(Question question) {
        return resolver.ask(question).thenApply(answer -> switch (answer.kind()) {
            case FOUND -> targets(question, answer, Reason.NO_FEDERATION_RECORD);
            case NONE -> Located.nothing(Reason.NO_FEDERATION_RECORD, question.toString(), answer.detail());
            case FAILED -> Located.nothing(Reason.DNS_FAILED, question.toString(), answer.detail());
        });
    }

    /** RFC 3263 sections 4.1 and 4.2 where the transport is TLS beforehand. */
    private CompletableFuture<Located<Target>> server(HostPort server) {
        if (server.port() != 0 || NetUtil.createInetAddressFromIpAddressString(server.host()) != null) {
            return done(Located.found(List.of(Target.secure(server.orPort(SIPS_PORT))), "", "configured"));
        }
        Question question = Srv.sips(DomainName.of(server.host()));
        return resolver.ask(question).thenApply(answer -> switch (answer.kind()) {
            case FOUND -> targets(question, answer, Reason.UNREACHABLE);
            case NONE ->
                Located.found(
                        List.of(Target.secure(server.orPort(SIPS_PORT))),
                        question.toString(),
                        "none, so port " + SIPS_PORT + " of the host");
            case FAILED -> Located.nothing(Reason.DNS_FAILED, question.toString(), answer.detail());
        });
    }

    private Located<Target> targets(Question question, Answer answer, Reason notOffered) {
        List<SRVRecord> records = Srv.records(answer);
        if (Srv.notOffered(records)) {
            return Located.nothing(notOffered, question.toString(), "says that the service is not offered");
        }
        List<SRVRecord> drawn = order.draw(records);
        List<Target> targets = Srv.targets(drawn).stream().map(Target::secure).toList();
        return targets.isEmpty()
                ? Located.nothing(
                        Reason.HOST_NOT_FOUND, question.toString(), "no usable target: " + Srv.describe(records))
                : Located.found(targets, question.toString(), Srv.describe(drawn));
    }

    private void leaveBehind(CompletableFuture<Answer> first, CompletableFuture<Answer> second) {
        first.thenAccept(answer -> {
            if (answer.kind() == Answer.Kind.FOUND && !second.isDone()) {
                Answer late = Answer.failed("no answer yet", answer.expires());
                loop.schedule(() -> second.complete(late), RESOLUTION_DELAY_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private static Located<InetAddress> addresses(String question, Answer a, Answer aaaa) {
        List<InetAddress> found = inTurns(usable(aaaa), usable(a));
        if (!found.isEmpty()) {
            String text = found.stream().map(NetUtil::toAddressString).collect(Collectors.joining(", "));
            return Located.found(found, question, text);
        }
        if (a.kind() == Answer.Kind.FAILED || aaaa.kind() == Answer.Kind.FAILED) {
            Answer failed = a.kind() == Answer.Kind.FAILED ? a : aaaa;
            return Located.nothing(Reason.DNS_FAILED, question, failed.detail());
        }
        return Located.nothing(Reason.HOST_NOT_FOUND, question, "no usable address");
    }

    private static List<InetAddress> usable(Answer answer) {
        List<InetAddress> usable = new ArrayList<>();
        for (Record one : answer.records()) {
            InetAddress address = one instanceof ARecord a ? a.getAddress() : ((AAAARecord) one).getAddress();
            if (!address.isAnyLocalAddress() && !address.isMulticastAddress()) {
                usable.add(address);
            }
        }
        return usable;
    }

    /** So that a network without one of the families costs one failed attempt, not all of them (RFC 8305 section 4). */
    private static List<InetAddress> inTurns(List<InetAddress> first, List<InetAddress> second) {
        List<InetAddress> merged = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                merged.add(first.get(i));
            }
            if (i < second.size()) {
                merged.add(second.get(i));
            }
        }
        return merged;
    }

    private static <T> CompletableFuture<Located<T>> done(Located<T> located) {
        return CompletableFuture.completedFuture(located);
    }
}
