// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

final class DnsServerTest {
    @TempDir
    private Path directory;

    @Test
    void itAnswersWithTheRecordsItIsGivenAndWithTheirReplacements() throws IOException {
        try (DnsServer dns = new DnsServer(
                directory,
                DnsServer.host("sip.fabrikam.example"),
                DnsServer.federation("fabrikam.example", "sip.fabrikam.example", 5061))) {
            assertThat(answer(dns, "sip.fabrikam.example.", Type.A)).isEqualTo("127.0.0.1");
            assertThat(answer(dns, "_sipfederationtls._tcp.fabrikam.example.", Type.SRV))
                    .isEqualTo("0 0 5061 sip.fabrikam.example.");

            dns.replace(DnsServer.host("sip.northwind.example"));

            assertThat(answer(dns, "sip.northwind.example.", Type.A)).isEqualTo("127.0.0.1");
            assertThat(ask(dns, "sip.fabrikam.example.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    private static String answer(DnsServer dns, String name, int type) throws IOException {
        return ask(dns, name, type).getSection(Section.ANSWER).get(0).rdataToString();
    }

    private static Message ask(DnsServer dns, String name, int type) throws IOException {
        SimpleResolver resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.port()));
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
    }
}
