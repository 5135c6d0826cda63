// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.PeerIdentity;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a stranger's certificate says, made fit to be read by people: bounded, and without control characters. */
public final class Shown {
    private static final int MOST_NAMES = 5;
    private static final int LONGEST = 256;

    private Shown() {}

    /** Returns the first names that could tie a certificate to a domain. */
    static String names(PeerIdentity peer) {
        Stream<String> domains = peer.sipDomains().stream().map(domain -> "sip:" + domain);
        Stream<String> hosts = peer.alternativeNames() ? peer.dnsNames().stream() : peer.commonName().stream();
        String names = Stream.concat(domains, hosts).limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.isEmpty() ? "nothing" : text(names);
    }

    /** Returns text with its control characters replaced and its length bounded. */
    public static String text(String strange) {
        String head = strange.length() > LONGEST ? strange.substring(0, LONGEST) + "…" : strange;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
