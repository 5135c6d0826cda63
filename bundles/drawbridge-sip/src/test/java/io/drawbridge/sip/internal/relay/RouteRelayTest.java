// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TestPeer.header;
import static io.drawbridge.sip.internal.relay.TestPeer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.Destination.Location;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks and routes of requests: what passes, which way, and with which route set. */
class RouteRelayTest {
    private final RelayHarness harness = new RelayHarness();
    private final TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
    private final TestPeer home = harness.opened(Side.INSIDE, "pool.contoso.example");

    private final String ourPair = harness.ourRoutes("o1@fabrikam.example", "fabrikam.example");

    private static String fromOutside(String method, String uri, String toTag) {
        return """
                %s %s SIP/2.0
                Via: SIP/2.0/TLS sip.fabrikam.example:5061;branch=z9hG4bKout1
                Max-Forwards: 70
                From: <sip:bob@fabrikam.example>;tag=b1
                To: <sip:ann@contoso.example>%s
                Call-ID: o1@fabrikam.example
                CSeq: 2 %s
                """
                .formatted(method, uri, toTag, method);
    }

    private static String inDialog(String method, String uri) {
        return fromOutside(method, uri, ";tag=a1");
    }

    @Test
    void aRequestOfADialogComesBackByOurPairOfRoutes_rfc5658_4() {
        partner.sends(inDialog("BYE", "sip:ann@10.0.0.9:5061;transport=tls")
                + ourPair
                + "Route: <sip:pool.contoso.example:5061;transport=tls;lr;ms-route-sig=abc;lr>\n");

        String sent = home.gets("BYE sip:ann@10.0.0.9:5061;transport=tls SIP/2.0");
        assertThat(headers(sent, "Route"))
                .as("routes of others stay octet for octet")
                .containsExactly("<sip:pool.contoso.example:5061;transport=tls;lr;ms-route-sig=abc;lr>");
    }

    @Test
    void bothRoutesMayStandOnOneLine() {
        partner.sends(inDialog("BYE", "sip:ann@10.0.0.9") + ourPair.replace(">\nRoute: ", ">,"));

        assertThat(headers(home.gets("BYE"), "Route")).isEmpty();
    }

    @Test
    void aDialogOfAnotherEdgeIsRefused_lyncEdge_6_7() {
        partner.sends(inDialog("BYE", "sip:ann@10.0.0.9") + "Route: <sip:edge.other.example;lr>\n");
        partner.gets("SIP/2.0 403");

        partner.sends(inDialog("BYE", "sip:ann@10.0.0.9").replace("bKout1", "bKout2"));
        partner.gets("SIP/2.0 403");
        home.getsNothing();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRouteSetThisEdgeWroteLeadsBackIntoTheDialog_rfc3261_12_2_1_1(boolean strict) {
        partner.sends(fromOutside("INVITE", "sip:ann@contoso.example", "").replace("bKout1", "bKout0"));
        List<String> recorded = headers(home.gets("INVITE"), "Record-Route");
        partner.gets("SIP/2.0 100");
        String ours = recorded.get(1);
        String bye = strict
                ? inDialog("BYE", ours.substring(1, ours.length() - 1)) + "Route: " + recorded.get(0)
                        + "\nRoute: <sip:fe1.contoso.example;lr>\nRoute: <sip:ann@10.0.0.9>\n"
                : inDialog("BYE", "sip:ann@10.0.0.9") + "Route: " + ours + "\nRoute: " + recorded.get(0)
                        + "\nRoute: <sip:fe1.contoso.example;lr>\n";
        partner.sends(bye);

        assertThat(headers(home.gets("BYE sip:ann@10.0.0.9 SIP/2.0"), "Route"))
                .containsExactly("<sip:fe1.contoso.example;lr>");
    }

    @Test
    void aRouteSetThatNobodySealedIsNotFollowed_lyncEdge_6_7() {
        String behind = "Route: <sip:fe1.contoso.example;lr>\n";
        String bare = "Route: <sip:sip.contoso.example:5061;transport=tls;lr;r2=on>\n";
        List<String> forged = List.of(
                bare + behind,
                ourPair.replace("seal=", "seal=A") + behind,
                harness.ourRoutes("another@fabrikam.example", "fabrikam.example") + behind,
                harness.ourRoutes("o1@fabrikam.example", "northwind.example") + behind);
        for (String routes : forged) {
            partner.sends(inDialog("BYE", "sip:ann@10.0.0.9").replace("out1", "out" + forged.indexOf(routes)) + routes);
            partner.gets("SIP/2.0 403");
        }
        home.getsNothing();
    }

    @Test
    void aRouteThatOnlyLeadsToThisEdgeNeedsNoSeal() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "")
                + "Route: <sip:sip.contoso.example:5061;transport=tls;lr>\n");

        assertThat(headers(home.gets("MESSAGE"), "Route")).isEmpty();
    }

    @Test
    void withinADialogAUserOfOursIsReachedWithoutARouteToo() {
        partner.sends(inDialog("INFO", "sip:ann@contoso.example;opaque=user:epid:AbC;gruu"));

        home.gets("INFO sip:ann@contoso.example;opaque=user:epid:AbC;gruu SIP/2.0");
    }

    @Test
    void aRouteFromOutsideNeverMakesTheEdgeConnectSomewhereElse_interworking_9_1() {
        partner.sends(
                inDialog("BYE", "sip:ann@10.0.0.9") + ourPair + "Route: <sip:database.contoso.example:5432;lr>\n");

        home.gets("BYE");
        assertThat(harness.connector.asked.get(0).location())
                .isEqualTo(new Location.Server(new HostPort("pool.contoso.example", 5061)));
    }

    @ParameterizedTest
    @CsvSource({
        "edge2.fabrikam.example, edge2.fabrikam.example:5061",
        "edge2.fabrikam.example:5061, edge2.fabrikam.example:5061",
        "edge2.fabrikam.example:5062, SRV",
        "edge3.fabrikam.example, SRV",
        "printer.fabrikam.example:631, SRV",
    })
    void aDialogChoosesAmongThePartnersOwnServersAndAddsNone_lyncEdge_6(String routed, String reached) {
        DomainName fabrikam = DomainName.of("fabrikam.example");
        List<HostPort> servers =
                List.of(new HostPort("edge1.fabrikam.example", 5061), new HostPort("edge2.fabrikam.example", 5061));
        harness.locator.cache.put(
                fabrikam, new FederationRecord(FederationRecord.Status.FOUND, servers, "two servers"));

        home.sends(
                """
                BYE sip:bob@192.0.2.77:5061 SIP/2.0
                Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bKhome1
                Max-Forwards: 70
                Route: <sip:edge-int.contoso.example:5061;transport=tls;lr;r2=on>
                Route: <sip:sip.contoso.example:5061;transport=tls;lr;r2=on>
                Route: <sip:%s;transport=tls;lr>
                From: <sip:ann@contoso.example>;tag=a1
                To: <sip:bob@fabrikam.example>;tag=b1
                Call-ID: o1@fabrikam.example
                CSeq: 2 BYE
                """
                        .formatted(routed));

        assertThat(harness.connector.asked.get(0).location())
                .isEqualTo(
                        reached.equals("SRV")
                                ? new Location.FederationSrv(fabrikam)
                                : new Location.Server(HostPort.of(reached)));
    }

    @Test
    void aPortOfTheHomeThatItDoesNotServeIsNotConnectedTo() {
        harness.edge = RelayHarness.edgeWithHome(Set.of("pool.contoso.example", "fe1.contoso.example"));
        partner.sends(inDialog("BYE", "sip:ann@10.0.0.9") + ourPair + "Route: <sip:fe1.contoso.example:5432;lr>\n");
        partner.sends(inDialog("INFO", "sip:ann@10.0.0.9").replace("bKout1", "bKout2")
                + ourPair
                + "Route: <sip:fe1.contoso.example;lr>\n");

        assertThat(harness.connector.asked)
                .extracting(Destination::location)
                .containsExactly(
                        new Location.Server(new HostPort("pool.contoso.example", 5061)),
                        new Location.Server(new HostPort("fe1.contoso.example", 5061)));
    }

    @Test
    void aStrictRouterBehindUsPutOurUriIntoTheRequestLine_rfc3261_16_4() {
        partner.sends(inDialog("BYE", ourPair.lines().findFirst().orElseThrow().replaceAll("^Route: <|>$", ""))
                + "Route: <sip:edge-int.contoso.example:5061;transport=tls;lr;r2=on>\n"
                + "Route: <sip:ann@10.0.0.9:5061>\n");

        String sent = home.gets("BYE sip:ann@10.0.0.9:5061 SIP/2.0");
        assertThat(headers(sent, "Route")).isEmpty();
    }

    @Test
    void aStrictRouterAheadGetsItsUriInTheRequestLine_rfc3261_16_6_item6() {
        partner.sends(inDialog("BYE", "sip:ann@10.0.0.9") + ourPair + "Route: <sip:pool.contoso.example:5061>\n");

        String sent = home.gets("BYE sip:pool.contoso.example:5061 SIP/2.0");
        assertThat(headers(sent, "Route")).containsExactly("<sip:ann@10.0.0.9>");
    }

    @Test
    void everyNotifyIsRecordRouted_rfc6665_4_3() {
        partner.sends(inDialog("NOTIFY", "sip:ann@10.0.0.9") + ourPair + "Event: presence\n");

        assertThat(headers(home.gets("NOTIFY"), "Record-Route")).hasSize(2);
    }

    @Test
    void benotifyPassesAndIsNeverAnswered_interworking_3_8() {
        partner.sends(inDialog("BENOTIFY", "sip:ann@10.0.0.9") + ourPair + "Event: presence\n");
        home.gets("BENOTIFY");
        partner.sends(inDialog("BENOTIFY", "sip:ann@10.0.0.9").replace("fabrikam", "blocked")
                + harness.ourRoutes("o1@blocked.example", "blocked.example"));

        home.getsNothing();
        partner.getsNothing();
        assertThat(harness.crossings).hasSize(2).allMatch(crossing -> crossing.answer()
                .isEmpty());
        assertThat(harness.counters.inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MESSAGE", "SUBSCRIBE", "PUBLISH", "INFO", "REFER", "UPDATE", "PRACK", "OPTIONS", "NEWMETHOD"})
    void everyMethodOfAConversationPasses(String method) {
        partner.sends(fromOutside(method, "sip:ann@contoso.example", ""));

        home.gets(method + " sip:ann@contoso.example SIP/2.0");
    }

    @ParameterizedTest
    @CsvSource({"REGISTER, 405", "SERVICE, 405", "NEGOTIATE, 405"})
    void whatIsBetweenAClientAndItsServerDoesNotCross_interworking_3_10(String method, int status) {
        partner.sends(fromOutside(method, "sip:contoso.example", ""));

        assertThat(header(partner.gets("SIP/2.0 " + status), "Allow")).contains("MESSAGE");
        home.getsNothing();
    }

    @Test
    void eventsOfAClientAndItsServerDoNotCross_interworking_3_10() {
        partner.sends(
                fromOutside("SUBSCRIBE", "sip:ann@contoso.example", "") + "Event: vnd-microsoft-roaming-contacts\n");

        partner.gets("SIP/2.0 489");
    }

    @ParameterizedTest
    @CsvSource({
        "tel:+15550100, 416",
        "urn:service:sos, 416",
    })
    void anotherSchemeIsRefused_rfc3261_16_3_item2(String uri, int status) {
        partner.sends(fromOutside("MESSAGE", uri, ""));

        partner.gets("SIP/2.0 " + status);
    }

    @Test
    void spentHopsAreRefused_rfc3261_16_3_item3() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "").replace("Forwards: 70", "Forwards: 0"));

        partner.gets("SIP/2.0 483");
    }

    @Test
    void aRequestWithoutMaxForwardsGets69_rfc3261_16_6_item3() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "").replace("Max-Forwards: 70\n", ""));

        assertThat(header(home.gets(), "Max-Forwards")).isEqualTo("69");
    }

    @Test
    void anUnknownExtensionIsNamed_rfc3261_16_3_item5() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "") + "Proxy-Require: foo, ms-benotify\n");

        assertThat(header(partner.gets("SIP/2.0 420"), "Unsupported")).isEqualTo("foo");
    }

    @Test
    void msBenotifyIsUnderstood_interworking_3_8() {
        partner.sends(fromOutside("SUBSCRIBE", "sip:ann@contoso.example", "") + "Proxy-Require: ms-benotify\n");

        assertThat(header(home.gets("SUBSCRIBE"), "Proxy-Require")).isEqualTo("ms-benotify");
    }

    @Test
    void aLoopIsFound_rfc5393_4_2() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", ""));
        String ours = headers(home.gets(), "Via").get(0);
        String again = fromOutside("MESSAGE", "sip:ann@contoso.example", "")
                .replace("bKout1", "bKout2")
                .replace("Max-Forwards", "Via: " + ours + "\nMax-Forwards");
        partner.sends(again);

        partner.gets("SIP/2.0 482");
    }

    @Test
    void aSpiralIsNoLoop_rfc5393_4_2() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", ""));
        String ours = headers(home.gets(), "Via").get(0);
        partner.sends(fromOutside("MESSAGE", "sip:carl@contoso.example", "")
                .replace("bKout1", "bKout2")
                .replace("Max-Forwards", "Via: " + ours + "\nMax-Forwards"));

        home.gets("MESSAGE sip:carl@contoso.example");
    }

    @Test
    void noBreadthLeftIsRefused_rfc5393_5_3() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "") + "Max-Breadth: 0\n");

        partner.gets("SIP/2.0 440");
    }

    @ParameterizedTest
    @CsvSource({"sip:sip.contoso.example, 70", "sip:ann@contoso.example, 0"})
    void optionsForTheEdgeItselfAreAnsweredHere_rfc3261_11_2(String uri, int hops) {
        partner.sends(fromOutside("OPTIONS", uri, "").replace("Forwards: 70", "Forwards: " + hops));

        String answer = partner.gets("SIP/2.0 200");
        assertThat(header(answer, "Allow")).contains("BENOTIFY");
        home.getsNothing();
        assertThat(harness.counters.inFlight()).isZero();
    }

    @Test
    void aMalformedRequestIsAnswered400AndTheNextOnePasses_interworking_9_7() {
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "").replace("CSeq: 2 MESSAGE", "CSeq: 2 BYE"));
        partner.gets("SIP/2.0 400");
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", ""));

        home.gets("MESSAGE");
        assertThat(harness.counters.count(Count.MALFORMED_REQUEST)).isEqualTo(1);
    }

    @Test
    void aLimitOfMessagesThatIsBrokenIsCounted_interworking_9_6() {
        String via = "Via: SIP/2.0/TLS a.example;branch=z9hG4bK1\n".repeat(70);
        partner.sends(fromOutside("MESSAGE", "sip:ann@contoso.example", "") + via);

        partner.gets("SIP/2.0 483");
        assertThat(harness.counters.limitHits(SipProblem.TOO_MANY_VIAS)).isEqualTo(1);
    }

    @Test
    void aPingIsAnsweredWithAPong_rfc5626_4_4_1() {
        partner.sendsRaw("\r\n\r\n");

        assertThat(partner.gets()).isEqualTo("\r\n");
    }

    @Test
    void anIdleServerIsTriedAndADeadOneIsClosed_interworking_1_11() {
        harness.advance(61);
        String probe = home.gets("OPTIONS");
        assertThat(header(probe, "Max-Forwards")).isEqualTo("0");
        home.answers(probe, 483, "Too Many Hops");
        harness.advance(11);
        assertThat(home.isOpen()).as("any answer is a sign of life").isTrue();
        harness.advance(60);
        home.gets("OPTIONS");
        harness.advance(11);

        assertThat(home.isOpen()).isFalse();
        assertThat(harness.connector.avoided).contains(home);
    }
}
