// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Destination.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the servers of an XMPP domain are found: interworking 4.1, RFC 6120 section 3.2, XEP-0368. */
@Timeout(30)
class XmppServersTest {
    private static final String PLAIN = "_xmpp-server._tcp.chat.example SRV ";
    private static final String SECURE = "_xmpps-server._tcp.chat.example SRV ";
    /** A name that owns a record is not asked for in DNS: it has no record of another type. */
    private static final String NO_PLAIN = "_xmpp-server._tcp.chat.example A 127.0.0.1";

    private static final String NO_SECURE = "_xmpps-server._tcp.chat.example A 127.0.0.1";

    /** XEP-0368 section 3: "Both 'xmpp-' and 'xmpps-' records SHOULD be treated as the same record with regard to order". */
    @Test
    void bothSetsAreOneOrder() throws Exception {
        Located<Target> found = find(
                PLAIN + "10 0 5269 a.chat.example",
                SECURE + "5 0 5270 b.chat.example",
                PLAIN + "20 0 5269 c.chat.example",
                SECURE + "15 0 5270 d.chat.example");
        assertThat(found.found())
                .containsExactly(
                        new Target(new HostPort("b.chat.example", 5270), true),
                        new Target(new HostPort("a.chat.example", 5269), false),
                        new Target(new HostPort("d.chat.example", 5270), true),
                        new Target(new HostPort("c.chat.example", 5269), false));
    }

    @Test
    void aDotForOneServiceLeavesTheOther() throws Exception {
        assertThat(find(PLAIN + "10 0 5269 a.chat.example", SECURE + "0 0 0 .").found())
                .containsExactly(new Target(new HostPort("a.chat.example", 5269), false));
        assertThat(find(PLAIN + "0 0 0 .", SECURE + "10 0 5270 b.chat.example").found())
                .containsExactly(new Target(new HostPort("b.chat.example", 5270), true));
    }

    /** RFC 6120 section 3.2.1: with the target "." "the initiating entity SHOULD abort". */
    @Test
    void aDotForXmppEndsTheSearch() throws Exception {
        Located<Target> found = find(PLAIN + "0 0 0 .", NO_SECURE);
        assertThat(found.failure()).isEqualTo(Reason.HOST_NOT_FOUND);
        assertThat(found.detail()).contains("not offered");
    }

    /** RFC 6120 section 3.2.2: the fall-back "to the IANA-registered port". */
    @Test
    void withoutAnyRecordItIsTheDomainItself() throws Exception {
        assertThat(find(NO_PLAIN, NO_SECURE).found())
                .containsExactly(new Target(new HostPort("chat.example", 5269), false));
    }

    @Test
    void anXmppsDotAloneDoesNotForbidTheDomainItself() throws Exception {
        assertThat(find(NO_PLAIN, SECURE + "0 0 0 .").found())
                .containsExactly(new Target(new HostPort("chat.example", 5269), false));
    }

    @Test
    void aFailedLookUpIsNoReasonToGuess() throws Exception {
        assertThat(find(NO_SECURE).failure()).isEqualTo(Reason.DNS_FAILED);
    }

    @Test
    void whatIsConfiguredBeatsDns() throws Exception {
        Location location =
                new Location.XmppDomain(DomainName.of("chat.example"), Optional.of(HostPort.of("proxy.chat.example")));
        assertThat(find(location, PLAIN + "10 0 5269 a.chat.example").found())
                .containsExactly(new Target(new HostPort("proxy.chat.example", 5269), false));
    }

    private static Located<Target> find(String... records) throws Exception {
        return find(new Location.XmppDomain(DomainName.of("chat.example"), Optional.empty()), records);
    }

    private static Located<Target> find(Location location, String... records) throws Exception {
        Map<String, Object> settings =
                Map.of("servers", "127.0.0.1:1", "timeoutMillis", 200, "overrides", List.of(records));
        try (DnsComponent dns = new DnsComponent(settings)) {
            return dns.servers(location).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }
}
