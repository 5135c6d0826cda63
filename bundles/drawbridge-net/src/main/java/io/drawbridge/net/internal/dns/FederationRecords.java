// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.FederationRecord.Status;
import io.drawbridge.net.dns.FederationLocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.SRVRecord;

/** Federation records in the words of policy, kept ready for event loops as long as the answers they come from. */
final class FederationRecords implements FederationLocator {
    private final Resolver resolver;
    private final SrvOrder order;
    private final BoundedCache<DomainName, FederationRecord> ready;

    FederationRecords(Resolver resolver, SrvOrder order, BoundedCache<DomainName, FederationRecord> ready) {
        this.resolver = resolver;
        this.order = order;
        this.ready = ready;
    }

    @Override
    public Optional<FederationRecord> cached(DomainName domain) {
        return ready.fresh(domain);
    }

    @Override
    public CompletionStage<FederationRecord> look(DomainName domain) {
        Optional<FederationRecord> known = ready.fresh(domain);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        Question question;
        try {
            question = Srv.federation(domain);
        } catch (IllegalArgumentException tooLong) {
            return CompletableFuture.completedFuture(none(tooLong.getMessage()));
        }
        return resolver.ask(question).thenApply(answer -> {
            FederationRecord federation = record(question, answer);
            ready.put(domain, federation, answer.expires());
            return federation;
        });
    }

    private FederationRecord record(Question question, Answer answer) {
        return switch (answer.kind()) {
            case NONE -> none(question + ": " + answer.detail());
            case FAILED -> new FederationRecord(Status.FAILED, List.of(), question + ": " + answer.detail());
            case FOUND -> found(question, Srv.records(answer));
        };
    }

    private FederationRecord found(Question question, List<SRVRecord> records) {
        if (Srv.notOffered(records)) {
            return none(question + " says that federation is not offered");
        }
        List<HostPort> targets = Srv.targets(order.draw(records));
        String detail = question + " leads to " + Srv.describe(records);
        return targets.isEmpty()
                ? new FederationRecord(Status.FAILED, List.of(), detail + ": no target is a host name with a port")
                : new FederationRecord(Status.FOUND, targets, detail);
    }

    private static FederationRecord none(String detail) {
        return new FederationRecord(Status.NONE, List.of(), detail);
    }
}
