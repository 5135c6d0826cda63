// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.FederationRecord.Status;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Destination.Location;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Look-ups against dnsmasq. */
class RealNameServerTest {
    private static final String[] RECORDS = {
        "--srv-host=_sipfederationtls._tcp.fabrikam.example,sip.fabrikam.example,5061,0,0",
        "--srv-host=_sipfederationtls._tcp.two.example,backup.two.example,5061,20,0",
        "--srv-host=_sipfederationtls._tcp.two.example,sip.two.example,5062,10,0",
        "--srv-host=_sipfederationtls._tcp.closed.example",
        "--srv-host=_sipfederationtls._tcp.xn--bcher-kva.example,sip.xn--bcher-kva.example,5061,0,0",
        "--srv-host=_sips._tcp.proxy.example,a.proxy.example,5091,0,0",
        "--host-record=sip.fabrikam.example,127.0.0.1,::1",
        "--host-record=plain.example,127.0.0.2",
        "--host-record=nowhere.example,0.0.0.0",
        "--address=/many.example/127.0.0.3",
        "--cname=alias.example,plain.example"
    };
    private static Dnsmasq server;

    @BeforeAll
    static void start() throws Exception {
        Stream<String> many = IntStream.range(0, 60)
                .mapToObj(i -> "--srv-host=_sipfederationtls._tcp.large.example,host-number-" + i
                        + ".with-a-long-name.large.example,5061," + i + ",0");
        server = Dnsmasq.serving(Stream.concat(Arrays.stream(RECORDS), many).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aFederationRecordLeadsToItsTarget() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            FederationRecord record = dns.look("fabrikam.example");

            assertThat(record.status()).isEqualTo(Status.FOUND);
            assertThat(record.targets()).containsExactly(new HostPort("sip.fabrikam.example", 5061));
            assertThat(record.detail())
                    .contains("_sipfederationtls._tcp.fabrikam.example", "sip.fabrikam.example:5061");
        }
    }

    /** RFC 2782: "A client MUST attempt to contact the target host with the lowest-numbered priority it can reach". */
    @Test
    void lowerPriorityNumbersComeFirst() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(dns.look("two.example").targets())
                    .containsExactly(new HostPort("sip.two.example", 5062), new HostPort("backup.two.example", 5061));
        }
    }

    /** RFC 2782: "A Target of "." means that the service is decidedly not available at this domain." */
    @Test
    void aTargetOfOneDotMeansNotOffered() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            FederationRecord record = dns.look("closed.example");

            assertThat(record.status()).isEqualTo(Status.NONE);
            assertThat(record.detail()).contains("not offered");
            Located<Target> located =
                    DnsBench.wait(dns.servers.servers(new Location.FederationSrv(DomainName.of("closed.example"))));
            assertThat(located.failure()).isEqualTo(Reason.NO_FEDERATION_RECORD);
        }
    }

    @Test
    void aDomainWithoutRecordIsNoneAndRememberedForTheNegativeLife() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address(), "negativeTtlSeconds", 300)) {
            DomainName domain = DomainName.of("nobody.example");
            FederationRecord record = dns.look("nobody.example");

            assertThat(record.status()).isEqualTo(Status.NONE);
            dns.now = dns.now.plusSeconds(299);
            assertThat(dns.federation.cached(domain)).contains(record);
            dns.now = dns.now.plusSeconds(1);
            assertThat(dns.federation.cached(domain)).isEmpty();
        }
    }

    @Test
    void anAnswerLivesAsLongAsItsTimeToLiveWithinTheBounds() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address(), "minTtlSeconds", 0, "maxTtlSeconds", 3600)) {
            assertThat(Duration.between(dns.now, dns.a("plain.example").expires()))
                    .isEqualTo(Duration.ofMinutes(2));
        }
        try (DnsBench dns = new DnsBench("servers", server.address(), "minTtlSeconds", 600)) {
            assertThat(Duration.between(dns.now, dns.a("plain.example").expires()))
                    .isEqualTo(Duration.ofMinutes(10));
        }
        try (DnsBench dns = new DnsBench("servers", server.address(), "minTtlSeconds", 0, "maxTtlSeconds", 30)) {
            assertThat(Duration.between(dns.now, dns.a("plain.example").expires()))
                    .isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void aliasesAreFollowed() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(DnsBench.wait(dns.servers.addresses("alias.example")).found())
                    .containsExactly(NetUtil.createInetAddressFromIpAddressString("127.0.0.2"));
        }
    }

    /** RFC 8305 section 4: address families alternate, IPv6 first. */
    @Test
    void addressFamiliesTakeTurns() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(DnsBench.wait(dns.servers.addresses("sip.fabrikam.example"))
                            .found())
                    .containsExactly(
                            NetUtil.createInetAddressFromIpAddressString("::1"),
                            NetUtil.createInetAddressFromIpAddressString("127.0.0.1"));
        }
    }

    @Test
    void anAddressNobodyCanHaveIsNoAddress() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(DnsBench.wait(dns.servers.addresses("nowhere.example")).failure())
                    .isEqualTo(Reason.HOST_NOT_FOUND);
        }
    }

    @Test
    void aTruncatedAnswerIsFetchedOverTcp() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(dns.look("large.example").targets()).hasSize(60);
        }
    }

    /** RFC 5890: what is looked up is the A-label. */
    @Test
    void anInternationalDomainIsLookedUpByItsALabel() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(dns.look("bücher.example").targets())
                    .containsExactly(new HostPort("sip.xn--bcher-kva.example", 5061));
        }
    }

    /** RFC 3263 section 4.2: "If no port was present, the client performs an SRV query". */
    @Test
    void aServerWithoutPortIsFoundBySrv() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(servers(dns, "proxy.example")).containsExactly(new HostPort("a.proxy.example", 5091));
        }
    }

    /** RFC 3263 section 4.2: "If no SRV records were found, the client performs an A or AAAA record lookup". */
    @Test
    void aServerWithoutPortAndSrvIsTheHostItself() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(servers(dns, "plain.example")).containsExactly(new HostPort("plain.example", 5061));
        }
    }

    /** RFC 3263 section 4.2: with a numeric address or a port, nothing is looked up. */
    @Test
    void anAddressOrAPortNeedsNoLookUp() throws Exception {
        try (DnsBench dns = new DnsBench("servers", server.address())) {
            assertThat(servers(dns, "127.0.0.9")).containsExactly(new HostPort("127.0.0.9", 5061));
            assertThat(servers(dns, "[::1]:5099")).containsExactly(new HostPort("::1", 5099));
            assertThat(servers(dns, "proxy.example:5070")).containsExactly(new HostPort("proxy.example", 5070));
            assertThat(DnsBench.wait(dns.servers.addresses("::1")).found())
                    .containsExactly(NetUtil.createInetAddressFromIpAddressString("::1"));
        }
    }

    @Test
    void aDeadFirstServerIsPassedOver() throws Exception {
        try (DnsBench dns = new DnsBench("servers", "127.0.0.1:1," + server.address())) {
            assertThat(dns.look("fabrikam.example").status()).isEqualTo(Status.FOUND);
            assertThat(dns.resolver.servers())
                    .extracting(state -> state.state().name())
                    .containsExactly("FAILS", "ANSWERS");
        }
    }

    @Test
    void deadServersAreAFailureThatIsNotRepeatedAtOnce() throws Exception {
        try (DnsBench dns = new DnsBench("servers", "127.0.0.1:1", "failureTtlSeconds", 10)) {
            FederationRecord record = dns.look("fabrikam.example");

            assertThat(record.status()).isEqualTo(Status.FAILED);
            assertThat(record.detail()).endsWith("127.0.0.1:1: nothing listens there");
            assertThat(dns.federation.cached(DomainName.of("fabrikam.example"))).contains(record);
            dns.now = dns.now.plusSeconds(10);
            assertThat(dns.federation.cached(DomainName.of("fabrikam.example"))).isEmpty();
        }
    }

    /** RFC 8767 section 4: stale data as a last resort, within a bound. */
    @Test
    void expiredAnswersStandInWhileNoServerAnswersButNotForEver() throws Exception {
        Dnsmasq mortal = Dnsmasq.serving(RECORDS);
        try (DnsBench dns = new DnsBench("servers", mortal.address(), "staleSeconds", 1000)) {
            dns.look("fabrikam.example");
            mortal.close();

            dns.now = dns.now.plusSeconds(500);
            assertThat(dns.look("fabrikam.example").status()).isEqualTo(Status.FOUND);
            dns.now = dns.now.plusSeconds(500);
            assertThat(dns.look("fabrikam.example").status()).isEqualTo(Status.FOUND);
            dns.now = dns.now.plusSeconds(500);
            assertThat(dns.look("fabrikam.example").status()).isEqualTo(Status.FAILED);
        } finally {
            mortal.close();
        }
    }

    private static List<HostPort> servers(DnsBench dns, String server) throws Exception {
        return DnsBench.wait(dns.servers.servers(new Location.Server(HostPort.of(server)))).found().stream()
                .map(Target::server)
                .toList();
    }
}
