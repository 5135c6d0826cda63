// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Destination.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.SRVRecord;

/** Finds the servers of an XMPP domain (RFC 6120 section 3.2, XEP-0368 section 3; interworking 4.1). */
final class XmppServers {
    private static final int PORT = 5269;

    private final Resolver resolver;
    private final SrvOrder order;

    XmppServers(Resolver resolver, SrvOrder order) {
        this.resolver = resolver;
        this.order = order;
    }

    CompletableFuture<Located<Target>> find(Location.XmppDomain location) {
        Optional<HostPort> configured = location.server();
        if (configured.isPresent()) {
            Target target = Target.plain(configured.get().orPort(PORT));
            return CompletableFuture.completedFuture(Located.found(List.of(target), "", "configured"));
        }
        DomainName domain = location.domain();
        Question onDemand = Srv.xmpp(domain);
        Question atOnce = Srv.xmpps(domain);
        return resolver.ask(onDemand).thenCombine(resolver.ask(atOnce), (plain, secure) -> new Answers(
                        domain, onDemand + " and xmpps", plain, secure)
                .targets(order));
    }

    /** What DNS says of both services. */
    private record Answers(DomainName domain, String question, Answer plain, Answer secure) {
        Located<Target> targets(SrvOrder order) {
            List<SRVRecord> offeredPlain = offered(plain);
            List<SRVRecord> offeredSecure = offered(secure);
            if (offeredPlain.isEmpty() && offeredSecure.isEmpty()) {
                return withoutRecords();
            }
            Set<SRVRecord> atOnce = Collections.newSetFromMap(new IdentityHashMap<>());
            atOnce.addAll(offeredSecure);
            List<SRVRecord> all = new ArrayList<>(offeredPlain);
            all.addAll(offeredSecure);
            List<SRVRecord> drawn = order.draw(all);
            List<Target> targets = new ArrayList<>();
            for (SRVRecord one : drawn) {
                Srv.target(one)
                        .map(server -> new Target(server, atOnce.contains(one)))
                        .ifPresent(targets::add);
            }
            return targets.isEmpty()
                    ? Located.nothing(Reason.HOST_NOT_FOUND, question, "no usable target: " + Srv.describe(all))
                    : Located.found(targets, question, Srv.describe(drawn));
        }

        private static List<SRVRecord> offered(Answer answer) {
            List<SRVRecord> records = answer.kind() == Answer.Kind.FOUND ? Srv.records(answer) : List.of();
            return Srv.notOffered(records) ? List.of() : records;
        }

        /** Only a domain that says nothing at all of its services may be asked at its own address. */
        private Located<Target> withoutRecords() {
            if (plain.kind() == Answer.Kind.FOUND) {
                return Located.nothing(Reason.HOST_NOT_FOUND, question, "says that the service is not offered");
            }
            if (plain.kind() == Answer.Kind.FAILED) {
                return Located.nothing(Reason.DNS_FAILED, question, plain.detail());
            }
            Target own = Target.plain(new HostPort(domain.value(), PORT));
            return Located.found(List.of(own), question, "none, so port " + PORT + " of the domain");
        }
    }
}
