// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;

/**
 * Who takes part in a measurement: one partner server that speaks for many domains, the relay, and the next hop.
 *
 * @param directory for files of the run
 * @param authority that issued all certificates
 * @param partner the load's certificate
 * @param relay the target's certificate
 * @param nextHop the sink's certificate
 */
record Scene(Path directory, TestAuthority authority, Credential partner, Credential relay, Credential nextHop) {
    static final String INSIDE = "contoso.example";
    static final String RECIPIENT = "bob@" + INSIDE;
    static final String PARTNER_HOST = "sip.fabrikam.example";
    static final String RELAY_HOST = "sip.contoso.example";
    static final String NEXT_HOP_HOST = "pool.contoso.example";

    static Scene in(Path directory) {
        TestAuthority authority = new TestAuthority("Benchmark CA", directory.resolve("ca"));
        return new Scene(
                directory,
                authority,
                authority.issue(Leaf.of(PARTNER_HOST)),
                authority.issue(Leaf.of(RELAY_HOST)),
                authority.issue(Leaf.of(NEXT_HOP_HOST)));
    }
}
