// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Service records as this appliance uses them (RFC 2782). */
final class Srv {
    private static final String FEDERATION = "_sipfederationtls._tcp.";
    private static final String SIPS = "_sips._tcp.";
    private static final String XMPP = "_xmpp-server._tcp.";
    private static final String XMPPS = "_xmpps-server._tcp.";

    private Srv() {}

    static Question federation(DomainName domain) {
        return Question.of(FEDERATION, domain, Type.SRV);
    }

    static Question sips(DomainName domain) {
        return Question.of(SIPS, domain, Type.SRV);
    }

    static Question xmpp(DomainName domain) {
        return Question.of(XMPP, domain, Type.SRV);
    }

    /** With TLS from the first octet (XEP-0368). */
    static Question xmpps(DomainName domain) {
        return Question.of(XMPPS, domain, Type.SRV);
    }

    static List<SRVRecord> records(Answer answer) {
        return answer.records().stream().map(SRVRecord.class::cast).toList();
    }

    /** Returns whether the one record there is says that the service is decidedly not available. */
    static boolean notOffered(List<SRVRecord> records) {
        return records.size() == 1 && records.get(0).getTarget().equals(Name.root);
    }

    /** Returns the targets that are host names, in the order given; what else a zone may hold is left out. */
    static List<HostPort> targets(List<SRVRecord> records) {
        return records.stream().map(Srv::target).flatMap(Optional::stream).toList();
    }

    static Optional<HostPort> target(SRVRecord one) {
        if (one.getPort() == 0) {
            return Optional.empty();
        }
        try {
            String host = DomainName.of(one.getTarget().toString(true)).value();
            return Optional.of(new HostPort(host, one.getPort()));
        } catch (IllegalArgumentException notAHostName) {
            return Optional.empty();
        }
    }

    /** Returns the records for people. */
    static String describe(List<SRVRecord> records) {
        return records.stream()
                .map(one -> one.getTarget().toString(true) + ":" + one.getPort() + " (priority " + one.getPriority()
                        + ", weight " + one.getWeight() + ")")
                .collect(Collectors.joining(", "));
    }
}
