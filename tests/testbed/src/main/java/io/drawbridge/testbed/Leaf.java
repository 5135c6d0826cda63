// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a certificate is to say.
 *
 * @param commonName the subject's CN
 * @param dnsNames SAN entries of type DNS
 * @param uris SAN entries of type URI, such as {@code sip:fabrikam.example}
 * @param purposes the extended key usages; none means no such extension
 * @param notBefore start of validity
 * @param notAfter end of validity
 */
public record Leaf(
        String commonName,
        List<String> dnsNames,
        List<String> uris,
        Set<Purpose> purposes,
        Instant notBefore,
        Instant notAfter) {

    /** An extended key usage. */
    public enum Purpose {
        SERVER,
        CLIENT,
        EMAIL
    }

    /** A certificate of a host, for both ends of TLS, valid from an hour ago for thirty days. */
    public static Leaf of(String host) {
        Instant now = Instant.now();
        return new Leaf(
                host,
                List.of(host),
                List.of(),
                Set.of(Purpose.SERVER, Purpose.CLIENT),
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(30)));
    }

    /** The same with further DNS names. */
    public Leaf alsoNamed(String... names) {
        List<String> all = new ArrayList<>(dnsNames);
        all.addAll(List.of(names));
        return new Leaf(commonName, List.copyOf(all), uris, purposes, notBefore, notAfter);
    }

    /** The same with these URI names only. */
    public Leaf withUris(String... names) {
        return new Leaf(commonName, List.of(), List.of(names), purposes, notBefore, notAfter);
    }

    /** The same for other purposes. */
    public Leaf purposes(Purpose... wanted) {
        return new Leaf(commonName, dnsNames, uris, Set.of(wanted), notBefore, notAfter);
    }

    /** The same for another time. */
    public Leaf valid(Instant from, Instant until) {
        return new Leaf(commonName, dnsNames, uris, purposes, from, until);
    }
}
