// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.Offered;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.TlsDemands;
import io.drawbridge.provider.aol.AolProvider;
import io.drawbridge.provider.windowslive.WindowsLiveProvider;
import io.drawbridge.provider.yahoo.YahooProvider;
import io.drawbridge.sip.internal.relay.RelayHarness;
import io.drawbridge.sip.internal.relay.TestPeer;
import io.drawbridge.testbed.Specified;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the three public networks of Lync Server 2013 asked of a federating edge, and how their people were called. */
final class PublicNetworksTest {
    private static final AolProvider AOL = new AolProvider();
    private static final WindowsLiveProvider WINDOWS_LIVE = new WindowsLiveProvider();
    private static final YahooProvider YAHOO = new YahooProvider();

    @Test
    @Specified(
            document = "Lync Server 2013, public providers",
            section = "presets",
            requirement = "Windows Live is at federation.messenger.msn.com, port 5061")
    void windowsLiveIsAtItsProxy() {
        assertThat(WINDOWS_LIVE.gateway().proxy()).isEqualTo(new HostPort("federation.messenger.msn.com", 5061));
    }

    @Test
    @Specified(
            document = "Lync Server 2013, public providers",
            section = "presets",
            requirement = "AOL is at sip.oscar.aol.com, port 5061 (name from administrators' accounts)")
    void aolIsAtItsProxy() {
        assertThat(AOL.gateway().proxy()).isEqualTo(new HostPort("sip.oscar.aol.com", 5061));
    }

    @Test
    @Specified(
            document = "Lync Server 2013, public providers",
            section = "presets",
            requirement = "Yahoo! is at lcsap.msg.yahoo.com, port 5061 (name from administrators' accounts)")
    void yahooIsAtItsProxy() {
        assertThat(YAHOO.gateway().proxy()).isEqualTo(new HostPort("lcsap.msg.yahoo.com", 5061));
    }

    @Test
    @Specified(
            document = "New-CsPublicProvider",
            section = "VerificationLevel",
            requirement = "AlwaysVerifiable unless the administrator says otherwise")
    void theWordOfEachNetworkAboutItsUsersIsTaken() {
        assertThat(all()).allSatisfy(network -> assertThat(network.gateway().verificationLevel())
                .isEqualTo(VerificationLevel.ALWAYS_VERIFIABLE));
    }

    @Test
    @Specified(
            document = "Lync Server 2013, public providers",
            section = "capabilities",
            requirement = "All carry IM and presence, Windows Live audio and video too; none several persons or files")
    void onlyWindowsLiveCarriesCalls() {
        Set<Capability> calls = Set.of(Capability.AUDIO, Capability.VIDEO);
        assertThat(WINDOWS_LIVE.description().capabilities()).containsAll(calls);
        assertThat(AOL.description().capabilities()).doesNotContainAnyElementsOf(calls);
        assertThat(YAHOO.description().capabilities()).doesNotContainAnyElementsOf(calls);
        assertThat(all()).allSatisfy(network -> assertThat(network.description().capabilities())
                .contains(Capability.MESSAGES, Capability.PRESENCE)
                .doesNotContain(Capability.GROUP_CHAT, Capability.FILES));
    }

    @Test
    @Specified(document = "KB 897567", section = "Yahoo!", requirement = "Yahoo! is not told who is writing")
    void yahooKnowsNoTyping() {
        assertThat(YAHOO.description().capabilities())
                .containsExactlyInAnyOrder(Capability.MESSAGES, Capability.PRESENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INFO | application/xml | <KeyboardActivity><status status=\"type\"/></KeyboardActivity>",
                "MESSAGE | application/im-iscomposing+xml | <isComposing><state>active</state></isComposing>",
            })
    @Specified(
            document = "KB 897567",
            section = "Yahoo!",
            requirement = "Who is writing is told to AOL and Windows Live; towards Yahoo! it ends at the edge")
    void whoIsWritingEndsAtTheEdgeTowardsYahooOnly(String method, String type, String notice) {
        all().forEach(network -> {
            RelayHarness harness = new RelayHarness();
            TestPeer home = harness.accepted(Side.INSIDE, "pool.contoso.example");
            TestPeer gateway = harness.opened(Side.OUTSIDE, "gateway.msn.example");
            Set<Offered> shown = network.description().capabilities().contains(Capability.TYPING)
                    ? Set.of(Offered.TYPING)
                    : Set.of();
            harness.gateway(network.description().domains(), shown);
            DomainName domain = network.description().domains().iterator().next();
            home.sends(request(method, "ann@" + domain, type, notice));
            if (network == YAHOO) {
                home.gets("SIP/2.0 200");
                gateway.getsNothing();
            } else {
                assertThat(gateway.gets(method)).contains(notice);
            }
            home.sends(request("MESSAGE", "ann@" + domain, "text/plain", "hello"));
            assertThat(gateway.gets("MESSAGE")).endsWith("hello");
        });
    }

    private static String request(String method, String to, String type, String body) {
        return method + " sip:" + to + " SIP/2.0\n"
                + "Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bK" + body.length() + "\n"
                + "Max-Forwards: 70\n"
                + "From: <sip:bob@contoso.example>;tag=b\n"
                + "To: <sip:" + to + ">\n"
                + "Call-ID: " + body.length() + "@contoso.example\n"
                + "CSeq: 1 " + method + "\n"
                + "Content-Type: " + type + "\n"
                + "Content-Length: " + body.length() + "\n\n" + body;
    }

    @Test
    @Specified(
            document = "Lync Server 2013, public providers",
            section = "certificates",
            requirement = "AOL wants the client purpose in the Access Edge certificate; the others nothing special")
    void onlyAolWantsTheClientPurpose() {
        assertThat(AOL.gateway().tls().clientPurpose()).isTrue();
        assertThat(WINDOWS_LIVE.gateway().tls()).isEqualTo(TlsDemands.NONE);
        assertThat(YAHOO.gateway().tls()).isEqualTo(TlsDemands.NONE);
    }

    @Test
    @Specified(
            document = "Lync and Intermittent AOL PIC Issues",
            section = "ciphers",
            requirement = "AOL wants TLS_RSA_WITH_RC4_128_MD5 first; it is told to people and never offered")
    void aolLikesOneCipherBest() {
        assertThat(AOL.gateway().tls().cipherSuites()).containsExactly("TLS_RSA_WITH_RC4_128_MD5");
    }

    @Test
    @Specified(
            document = "Lync Server 2013, public providers",
            section = "end of life",
            requirement = "AOL and Yahoo! ended on 30 June 2014, Messenger on 15 March 2013")
    void eachSaysWhenItEndedAndWhereThatIsWritten() {
        assertThat(end(AOL).date()).isEqualTo(LocalDate.of(2014, 6, 30));
        assertThat(end(YAHOO).date()).isEqualTo(LocalDate.of(2014, 6, 30));
        assertThat(end(WINDOWS_LIVE).date()).isEqualTo(LocalDate.of(2013, 3, 15));
        assertThat(end(WINDOWS_LIVE).what()).contains("moved to Skype in April 2013");
        assertThat(all()).allSatisfy(network -> assertThat(end(network).source().getHost())
                .isEqualTo("learn.microsoft.com"));
    }

    @ParameterizedTest(name = "{0}@aol.com is {1}@aol.com")
    @CsvSource({"bigbob, bigbob", "BigBob, bigbob", "Big Bob, bigbob", "b i g bob 77, bigbob77"})
    @Specified(
            document = "Public IM gateways, observed",
            section = "AOL",
            requirement = "Screen names are normalised: lower case, spaces removed")
    void aolKnowsScreenNamesInLowerCaseWithoutSpaces(String written, String known) throws AddressRefused {
        assertThat(AOL.toNetwork(address(written + "@aol.com"))).isEqualTo(address(known + "@aol.com"));
    }

    @Test
    @Specified(
            document = "Public IM gateways, observed",
            section = "AOL",
            requirement = "A screen name has something besides spaces")
    void aScreenNameOfSpacesIsRefusedWithTheRule() {
        assertThatExceptionOfType(AddressRefused.class)
                .isThrownBy(() -> AOL.toNetwork(new Address("  ", DomainName.of("aol.com"))))
                .withMessage("a screen name is more than spaces");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aol.com", "aim.com", "icq.com", "love.com", "mac.com"})
    @Specified(
            document = "Public IM gateways, observed",
            section = "AOL",
            requirement = "People of AOL are at aol.com, aim.com, icq.com, love.com and mac.com, and stay there")
    void peopleOfAolStayAtTheirDomain(String domain) throws AddressRefused {
        assertThat(AOL.description().domains()).contains(DomainName.of(domain));
        assertThat(AOL.toNetwork(address("Bob@" + domain))).isEqualTo(address("bob@" + domain));
    }

    @Test
    @Specified(
            document = "Public IM gateways, observed",
            section = "Yahoo!",
            requirement = "IDs are in lower case, at yahoo.com")
    void yahooKnowsIdsInLowerCase() {
        assertThat(YAHOO.toNetwork(address("Bob_77@yahoo.com"))).isEqualTo(address("bob_77@yahoo.com"));
        assertThat(YAHOO.description().domains()).containsExactly(DomainName.of("yahoo.com"));
    }

    @Test
    @Specified(
            document = "New-CsPublicProvider",
            section = "NameDecoration",
            requirement = "The routing domain is msn.com; msn.com, outlook.com, live.com and hotmail.com are excluded")
    void windowsLiveDecoratesAsLyncDoesForSkype() {
        Decoration decoration = WINDOWS_LIVE.gateway().decoration().orElseThrow();
        assertThat(decoration.routingDomain()).isEqualTo(DomainName.of("msn.com"));
        assertThat(decoration.excludedDomains())
                .isEqualTo(Stream.of("msn.com", "outlook.com", "live.com", "hotmail.com")
                        .map(DomainName::of)
                        .collect(Collectors.toSet()));
        assertThat(AOL.gateway().decoration()).isEmpty();
        assertThat(YAHOO.gateway().decoration()).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "kenmyer@msn.com, kenmyer@msn.com",
        "ann@live.com, ann@live.com",
        "ann@hotmail.com, ann@hotmail.com",
        "ann@outlook.com, ann@outlook.com",
        "bob@contoso.com, bob(contoso.com)@msn.com",
        "ann@hotmail.co.uk, ann(hotmail.co.uk)@msn.com",
        "bob(contoso.com)@msn.com, bob(contoso.com)@msn.com",
    })
    @Specified(
            document = "New-CsPublicProvider",
            section = "NameDecoration",
            requirement = "An address whose domain is not in the excluded list is user(domain)@msn.com there")
    void windowsLiveNamesPeopleOfOtherDomainsByDecoratedAddresses(String written, String known) {
        assertThat(WINDOWS_LIVE.gateway().decoration().orElseThrow().decorated(address(written)))
                .contains(address(known));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b(o)b@contoso.com", "bob()@msn.com", "(contoso.com)@msn.com", "bob(a)(b)@msn.com"})
    @Specified(
            document = "New-CsPublicProvider",
            section = "NameDecoration",
            requirement = "Parentheses enclose the domain of a decorated address, and nothing else")
    void anAddressWithOtherParenthesesHasNoFormOnWindowsLive(String written) {
        assertThat(WINDOWS_LIVE.gateway().decoration().orElseThrow().decorated(address(written)))
                .isEmpty();
    }

    @Test
    @Specified(
            document = "New-CsPublicProvider",
            section = "NameDecoration",
            requirement = "The domain within the parentheses is read without regard to case")
    void aDecoratedAddressIsUnderstoodInAnyCase() {
        assertThat(WINDOWS_LIVE.gateway().decoration().orElseThrow().undecorated(address("bob(CONTOSO.com)@msn.com")))
                .contains(address("bob@contoso.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "msn.com",
                "hotmail.com",
                "hotmail.co.uk",
                "live.com",
                "live.co.za",
                "tw.live.com",
                "livemail.tw",
                "passport.com",
                "messengeruser.com",
                "sympatico.ca",
                "webtv.net",
                "windowslive.com",
                "windowslive.es"
            })
    @Specified(
            document = "KB 897567",
            section = "Windows Live",
            requirement = "People of Windows Live are at the domains that clients treat as public")
    void peopleOfWindowsLiveAreAtTheDomainsClientsKnow(String domain) {
        assertThat(WINDOWS_LIVE.description().domains()).contains(DomainName.of(domain));
    }

    @Test
    void noDomainIsOfTwoNetworks() {
        assertThat(all().flatMap(network -> network.description().domains().stream()))
                .doesNotHaveDuplicates();
    }

    private static Stream<GatewayProvider> all() {
        return Stream.of(AOL, WINDOWS_LIVE, YAHOO);
    }

    private static EndOfLife end(GatewayProvider network) {
        return network.description().endOfLife().orElseThrow();
    }

    private static Address address(String text) {
        return Address.of(text);
    }
}
