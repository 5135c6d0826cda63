// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Distribution;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the organisations of a test have in common: whom they trust, how they find each other, what they run. */
final class World implements AutoCloseable {
    private final Path directory;
    private final TestAuthority authority;
    private final DnsServer dns;
    private final Distribution distribution;
    private final Map<String, String> records = new LinkedHashMap<>();

    World(Path directory) {
        this.directory = directory;
        authority = new TestAuthority("Test CA", directory.resolve("ca"));
        distribution = Distribution.unpack(directory);
        dns = new DnsServer(directory);
    }

    Path directory() {
        return directory;
    }

    /** The authority that all of them trust. */
    TestAuthority authority() {
        return authority;
    }

    DnsServer dns() {
        return dns;
    }

    /** What appliances are started from. */
    Distribution distribution() {
        return distribution;
    }

    /** Publishes records, beside those of other names; what was said of the same names before is not true any more. */
    void publish(String... more) {
        for (String record : more) {
            records.put(record.substring(0, record.indexOf(',')), record);
        }
        dns.replace(records.values().toArray(String[]::new));
    }

    /** Says in DNS where the XMPP server of a domain is. */
    void publishXmpp(String domain, int port) {
        String host = "xmpp." + domain;
        publish(DnsServer.host(host), DnsServer.xmpp(domain, host, port));
    }

    /** A Prosody that takes certificates only, acknowledges stanzas and uses streams both ways. */
    Prosody.Settings prosody(String domain, Credential credential) {
        return Prosody.Settings.of(domain, dns.port(), credential, authority.anchorFile())
                .certificatesOnly()
                .with("s2s_bidi", "smacks");
    }

    /** Starts such a Prosody, with users who sign in; DNS says where it is. */
    Prosody startProsody(String domain, String... users) {
        Prosody server = new Prosody(
                directory, prosody(domain, authority.issue(Leaf.of(domain))).withUsers(users));
        publishXmpp(domain, server.port());
        return server;
    }

    @Override
    public void close() {
        dns.close();
    }
}
