// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How names are looked up. Changes act at once and empty the cache. */
@ObjectClassDefinition(
        name = "Drawbridge DNS",
        description = "How the edge looks up federation records and server names. A change acts at once, without a"
                + " restart, and empties the cache.")
@interface DnsConfig {
    /** The PID. */
    String PID = "io.drawbridge.net.dns";

    @AttributeDefinition(
            name = "Name servers",
            description = "Addresses of the DNS servers to ask, each ADDRESS or ADDRESS:PORT, an IPv6 address in"
                    + " brackets; the first that answers is kept. Empty: those of /etc/resolv.conf as it stands when"
                    + " this configuration is read.")
    String[] servers() default {};

    @AttributeDefinition(
            name = "Time-out",
            description = "Milliseconds until a look-up is given up, over all servers and repetitions. Part of the"
                    + " 20 seconds in which a connection must stand.",
            min = "100",
            max = "10000")
    int timeoutMillis() default 5000;

    @AttributeDefinition(
            name = "Cache entries",
            description = "How many answers are kept; the least useful go first. About 1 KiB each.",
            min = "100",
            max = "1000000")
    int cacheEntries() default 20_000;

    @AttributeDefinition(
            name = "Shortest life",
            description = "Seconds an answer is kept at least, even if its time to live is shorter.",
            min = "0",
            max = "3600")
    int minTtlSeconds() default 60;

    @AttributeDefinition(
            name = "Longest life",
            description = "Seconds an answer is kept at most, even if its time to live is longer.",
            min = "1",
            max = "604800")
    int maxTtlSeconds() default 3600;

    @AttributeDefinition(
            name = "Life of a negative answer",
            description = "Seconds for which a name without such a record is remembered at most (RFC 2308).",
            min = "1",
            max = "86400")
    int negativeTtlSeconds() default 300;

    @AttributeDefinition(
            name = "Life of a failure",
            description = "Seconds for which a look-up that failed is not repeated (RFC 9520), so that dead name"
                    + " servers do not delay every message.",
            min = "1",
            max = "300")
    int failureTtlSeconds() default 10;

    @AttributeDefinition(
            name = "Use of expired answers",
            description = "Seconds beyond its life for which an answer is still used while no name server answers"
                    + " (RFC 8767). 0: never.",
            min = "0",
            max = "604800")
    int staleSeconds() default 86_400;

    @AttributeDefinition(
            name = "Look-ups under way",
            description = "How many look-ups may wait for name servers at a time; one more fails at once.",
            min = "10",
            max = "20000")
    int maxPending() default 1000;

    @AttributeDefinition(
            name = "Static records",
            description = "Records that are used instead of DNS, for tests and closed networks, each as"
                    + " NAME TYPE DATA with type A, AAAA, CNAME or SRV, such as"
                    + " _sipfederationtls._tcp.fabrikam.example SRV 0 0 5061 sip.fabrikam.example. A name that has"
                    + " one is never asked for in DNS.")
    String[] overrides() default {};
}
