// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.FederationRecord.Status;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsComponentTest {
    private static final DomainName FABRIKAM = DomainName.of("fabrikam.example");
    private static final List<String> OVERRIDES = List.of(
            "_sipfederationtls._tcp.fabrikam.example SRV 0 0 5061 sip.fabrikam.example",
            "sip.fabrikam.example. A 127.0.0.1",
            "alias.fabrikam.example CNAME sip.fabrikam.example");

    private DnsComponent dns;

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void staticRecordsNeedNoNameServer() throws Exception {
        dns = new DnsComponent(Map.of("servers", "127.0.0.1:1", "overrides", OVERRIDES));

        assertThat(DnsBench.wait(dns.look(FABRIKAM)).targets())
                .containsExactly(new HostPort("sip.fabrikam.example", 5061));
        InetAddress loopback = NetUtil.createInetAddressFromIpAddressString("127.0.0.1");
        assertThat(DnsBench.wait(dns.addresses("sip.fabrikam.example")).found()).containsExactly(loopback);
        assertThat(DnsBench.wait(dns.addresses("alias.fabrikam.example")).found())
                .containsExactly(loopback);
        assertThat(dns.problems()).isEmpty();
    }

    @Test
    void aChangeActsAtOnceAndForgetsWhatWasCached() throws Exception {
        dns = new DnsComponent(Map.of("servers", "127.0.0.1:1", "overrides", OVERRIDES));
        assertThat(DnsBench.wait(dns.look(FABRIKAM)).status()).isEqualTo(Status.FOUND);
        assertThat(dns.cached(FABRIKAM)).isPresent();

        dns.configure(Map.of(
                "servers",
                "127.0.0.1:1",
                "overrides",
                "_sipfederationtls._tcp.fabrikam.example SRV 0 0 5070 new.fabrikam.example"));

        assertThat(dns.cached(FABRIKAM)).isEmpty();
        FederationRecord record = DnsBench.wait(dns.look(FABRIKAM));
        assertThat(record.targets()).containsExactly(new HostPort("new.fabrikam.example", 5070));
    }

    @Test
    void aBadValueKeepsTheLastGoodStateAndIsNamed() throws Exception {
        dns = new DnsComponent(Map.of("servers", "127.0.0.1:1", "overrides", OVERRIDES));

        dns.configure(Map.of("servers", "ns1.contoso.example"));

        assertThat(dns.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pid()).isEqualTo("io.drawbridge.net.dns");
            assertThat(problem.key()).isEqualTo("servers");
            assertThat(problem.value()).isEqualTo("ns1.contoso.example");
            assertThat(problem.rule()).contains("IP address");
        });
        assertThat(DnsBench.wait(dns.look(FABRIKAM)).status()).isEqualTo(Status.FOUND);
        dns.configure(Map.of());
        assertThat(dns.problems()).isEmpty();
    }

    @Test
    void aChangeCanBeTriedBeforehand() throws Exception {
        dns = new DnsComponent(Map.of());

        assertThat(refused("overrides", "fabrikam.example MX 10 mail")).contains("A, AAAA, CNAME or SRV");
        assertThat(refused("overrides", "sip.fabrikam.example A 300.1.1.1"))
                .isEqualTo("'sip.fabrikam.example A 300.1.1.1' is not NAME A followed by an IPv4 address");
        assertThat(refused("overrides", "_sip._tcp.fabrikam.example SRV 0 0 sip.fabrikam.example"))
                .endsWith("followed by priority, weight, port (0 to 65535 each) and a host name");
        assertThat(refused("maxTtlSeconds", "10")).contains("minTtlSeconds");
        assertThat(refused("servers", "127.0.0.1:99999")).contains("port");
        assertThat(dns.check(Map.of("io.drawbridge.net.dns", Optional.empty()))).isEmpty();
        assertThat(dns.check(Map.of("another", Optional.of(Map.of("servers", "x")))))
                .isEmpty();
    }

    private String refused(String key, String value) {
        List<InvalidSetting> problems = dns.check(Map.of("io.drawbridge.net.dns", Optional.of(Map.of(key, value))));
        assertThat(problems).singleElement().extracting(InvalidSetting::key).isEqualTo(key);
        return problems.get(0).rule();
    }
}
