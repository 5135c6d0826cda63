// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.directory.DomainStatus;
import io.drawbridge.api.directory.DomainStatus.DomainList;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.directory.PeerStatus.State;
import io.drawbridge.api.health.Finding;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.home.HomeContact;
import io.drawbridge.api.home.HomeUser;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.home.Question.Origin;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.api.policy.WatchedPeer.Ruling;
import io.drawbridge.api.policy.WatchedPeer.Throttling;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Snapshots for the views: full, empty and absent ones, and one with what a hostile peer might send. */
final class Snapshots {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Times TIMES = new Times(NOW, ZoneOffset.ofHours(1));
    private static final Address ALICE = Address.of("alice@contoso.example");
    private static final Address BOB = Address.of("bob@fabrikam.example");
    private static final DomainName FABRIKAM = DomainName.of("fabrikam.example");

    private Snapshots() {}

    static Map<String, View> all() {
        Map<String, View> views = new LinkedHashMap<>();
        views.put("status", status());
        views.put(
                "status-absent",
                new StatusView(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                "policy (drawbridge-core)",
                                "edge transport (drawbridge-net)",
                                "health (drawbridge-monitor)")));
        views.put("peers", PeersView.of(peers(), false, TIMES));
        views.put("peers-down", PeersView.of(peers(), true, TIMES));
        views.put("peers-empty", PeersView.of(List.of(), false, TIMES));
        views.put("peers-none-down", PeersView.of(List.of(), true, TIMES));
        views.put("domains", DomainsView.of(domains(), ""));
        views.put("domains-filter", DomainsView.of(domains(), "lit"));
        views.put("domains-none-match", DomainsView.of(domains(), "nowhere"));
        views.put("domains-empty", DomainsView.of(List.of(), ""));
        views.put("policies", policies());
        views.put("certificates", new CertificatesView(identities(), TIMES));
        views.put("certificates-empty", new CertificatesView(List.of(), TIMES));
        views.put("expiry", ExpiryView.of(identities(), peers(), TIMES));
        views.put("expiry-empty", ExpiryView.of(List.of(), List.of(), TIMES));
        views.put("why-allowed", new ExplanationView(ALICE, BOB, new Explanation(allowed(), steps())));
        views.put("why-refused", new ExplanationView(BOB, ALICE, new Explanation(refused(), List.of())));
        views.put("test-partner", new StepsView(steps()));
        views.put("test-partner-empty", new StepsView(List.of()));
        views.put("trace", new TraceView(crossings(), TIMES));
        views.put("trace-empty", new TraceView(List.of(), TIMES));
        views.put("crossing-line", new CrossingLine(crossings().get(1), TIMES));
        views.put("crossing", new CrossingView(crossings().get(1), TIMES));
        views.put("watch-list", watchList());
        views.put("watch-list-empty", new WatchListView(List.of(), TIMES));
        views.put("users", new UsersView(users(), TIMES));
        views.put("questions", new QuestionsView(questions(), TIMES));
        views.put("questions-empty", new QuestionsView(List.of(), TIMES));
        views.put("users-empty", new UsersView(List.of(), TIMES));
        views.put("audit", audit());
        views.put("audit-empty", new AuditView(List.of(), TIMES));
        views.put("done", Done.of("fabrikam.example is allowed.", "Configured in io.drawbridge.federation.allowed~x"));
        return views;
    }

    private static View status() {
        EdgeSettings edge = new EdgeSettings(
                Set.of(DomainName.of("contoso.example"), DomainName.of("contoso.test")),
                Optional.of(HostPort.of("home.contoso.example:5061")),
                Set.of("home.contoso.example"),
                false,
                true,
                false,
                false,
                4);
        List<ListenerStatus> listeners = List.of(
                new ListenerStatus("inside", Side.INSIDE, "sip", "10.0.0.2:5061", true, "", 3),
                new ListenerStatus(
                        "outside",
                        Side.OUTSIDE,
                        "sip",
                        "192.0.2.10:5061",
                        false,
                        "identity outside: the certificate expired at 2026-02-28T23:59:59Z",
                        0));
        List<Finding> findings = List.of(
                new Finding(
                        "certificates",
                        Level.CRITICAL,
                        List.of(
                                "outside expired at 2026-02-28T23:59:59Z; drawbridge:certificates csr outside",
                                "inside is valid for 200 days")),
                new Finding("clock", Level.OK, List.of("it is 2026-03-01T10:00:00Z")),
                new Finding("disk", Level.WARNING, List.of("800 MiB left on /var; free space on this file system")));
        InvalidSetting problem = new InvalidSetting(
                "io.drawbridge.edge", "defaultRouteFqdn", "10.1.2.3", "is a host name; an IP address is not one");
        return new StatusView(Optional.of(edge), listeners, peers(), findings, List.of(problem), List.of());
    }

    private static List<PeerStatus> peers() {
        return List.of(
                new PeerStatus(
                        "home.contoso.example:5061",
                        Side.INSIDE,
                        "sip",
                        true,
                        State.UP,
                        "2 connections",
                        NOW.minusSeconds(3600),
                        2,
                        "10.0.0.5:5061",
                        "TLSv1.3 TLS_AES_128_GCM_SHA256",
                        Optional.of(NOW.plus(Duration.ofDays(90)))),
                new PeerStatus(
                        "litware.example (SRV)",
                        Side.OUTSIDE,
                        "sip",
                        true,
                        State.DOWN,
                        "TLS: the certificate is for sip.other.example; set proxyFqdn if that host is trusted",
                        NOW.minusSeconds(60),
                        0,
                        "",
                        "",
                        Optional.empty()),
                new PeerStatus(
                        "evil\u001b[2J\u202eelpmaxe.example\r\nforged",
                        Side.OUTSIDE,
                        "sip",
                        false,
                        State.UP,
                        "",
                        NOW,
                        1,
                        "203.0.113.9:40000",
                        "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        Optional.of(NOW.plus(Duration.ofDays(5)))));
    }

    private static List<DomainStatus> domains() {
        return List.of(
                new DomainStatus(DomainName.of("contoso.example"), DomainList.OWN, "", "", "io.drawbridge.edge"),
                new DomainStatus(
                        FABRIKAM, DomainList.ALLOWED, "", "", "io.drawbridge.federation.allowed~fabrikam.example"),
                new DomainStatus(
                        DomainName.of("litware.example"),
                        DomainList.ALLOWED,
                        "sip.litware.example:5061",
                        "agreed in March, renewed each year by the two managing boards",
                        "io.drawbridge.federation.allowed~litware.example"),
                new DomainStatus(
                        DomainName.of("spam.example"),
                        DomainList.BLOCKED,
                        "",
                        "",
                        "io.drawbridge.federation.blocked~spam.example"));
    }

    private static View policies() {
        return new PoliciesView(List.of(
                new AccessPolicyStatus("global", "", false, false, false, false, false, List.of(), ""),
                new AccessPolicyStatus(
                        "tag:partners",
                        "Those who sell together with us",
                        true,
                        false,
                        true,
                        false,
                        false,
                        List.of("alice@contoso.example", "carol@contoso.example", "dave@contoso.example"),
                        "io.drawbridge.policy.access~tag-partners")));
    }

    private static List<IdentityStatus> identities() {
        PeerIdentity certificate = new PeerIdentity(
                List.of(),
                List.of("sip.contoso.example"),
                Optional.of("sip.contoso.example"),
                true,
                "CN=sip.contoso.example",
                "CN=Example Issuing CA 3, O=Example Trust Services, C=DE",
                "0a1b",
                "f".repeat(64),
                "e".repeat(64),
                NOW.plus(Duration.ofDays(29)).plusSeconds(5));
        return List.of(
                new IdentityStatus(
                        "outside",
                        Optional.of(certificate),
                        Optional.of(NOW.minusSeconds(60)),
                        "",
                        List.of("outside", "clients")),
                new IdentityStatus(
                        "inside",
                        Optional.empty(),
                        Optional.empty(),
                        "etc/certificates/inside.key cannot be read",
                        List.of("inside")));
    }

    private static Verdict allowed() {
        return new Verdict(
                Verdict.Outcome.ALLOW,
                Reason.ALLOWED,
                List.of(
                        new RuleResult(Rule.OWN_DOMAIN, true, "contoso.example is in sipDomains"),
                        new RuleResult(Rule.ACCESS_POLICY, true, "tag:partners allows federation")),
                Optional.of(SourceType.ALLOWED_PARTNER),
                true,
                false,
                Optional.of(new Route.FederationSrv(FABRIKAM, NameVerification.EITHER, Set.of())));
    }

    private static Verdict refused() {
        return new Verdict(
                Verdict.Outcome.REFUSE,
                Reason.DOMAIN_NOT_ALLOWED,
                List.of(
                        new RuleResult(Rule.OWN_DOMAIN, true, "contoso.example is in sipDomains"),
                        new RuleResult(
                                Rule.CLASSIFICATION,
                                false,
                                "fabrikam.example is on no list and enablePartnerDiscovery is false")),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    private static List<Step> steps() {
        return List.of(
                Step.ok(
                        "SRV _sipfederationtls._tcp.fabrikam.example",
                        "0 0 5061 sip.fabrikam.example",
                        Duration.ofMillis(12)),
                Step.failed(
                        "TCP 192.0.2.20:5061",
                        "connection refused",
                        Duration.ofMillis(3),
                        "ask the partner whether port 5061 is open"),
                Step.skipped("TLS", "no connection"));
    }

    private static List<Crossing> crossings() {
        return List.of(
                new Crossing(
                        "4712",
                        NOW,
                        Duration.ofNanos(12_345_678),
                        Direction.OUTBOUND,
                        "sip",
                        "MESSAGE",
                        ALICE,
                        BOB,
                        "home.contoso.example",
                        "sip.fabrikam.example",
                        "SRV of fabrikam.example",
                        Outcome.DELIVERED,
                        Reason.ALLOWED,
                        "200",
                        allowed().rules()),
                new Crossing(
                        "4711",
                        NOW.minusSeconds(1),
                        Duration.ofMillis(1),
                        Direction.INBOUND,
                        "sip",
                        "SUBSCRIBE",
                        BOB,
                        ALICE,
                        "sip.fabrikam.example",
                        "",
                        "",
                        Outcome.REFUSED,
                        Reason.DOMAIN_NOT_ALLOWED,
                        "403",
                        refused().rules()));
    }

    private static View watchList() {
        return new WatchListView(
                List.of(
                        new WatchedPeer(
                                "CN=sip.adatum.example",
                                "CN=Example CA",
                                "01",
                                "3f9a5c77d0e1b2c4".repeat(4),
                                Set.of(DomainName.of("adatum.example"), DomainName.of("adatum.test")),
                                1000,
                                Throttling.CONTACTS_EXHAUSTED,
                                Ruling.NONE,
                                NOW),
                        new WatchedPeer(
                                "CN=sip.treyresearch.example",
                                "CN=Example CA",
                                "02",
                                "00".repeat(32),
                                Set.of(DomainName.of("treyresearch.example")),
                                3,
                                Throttling.STANDARD,
                                Ruling.ALLOW,
                                NOW)),
                TIMES);
    }

    private static View audit() {
        return new AuditView(
                List.of(
                        new AuditEntry(
                                NOW,
                                "erika",
                                "configuration changed",
                                "io.drawbridge.edge",
                                List.of(
                                        new Change("nextHop", "a.contoso.example", "b.contoso.example"),
                                        new Change("defaultRouteFqdn", "edge.example", ""))),
                        new AuditEntry(
                                NOW.minusSeconds(5),
                                "file io.drawbridge.edge.cfg",
                                "configuration created",
                                "io.drawbridge.edge",
                                List.of(new Change("sipDomains", "", "contoso.example")))),
                TIMES);
    }

    private static List<HomeUser> users() {
        return List.of(
                new HomeUser(
                        ALICE,
                        "Alice Årström",
                        List.of(),
                        List.of(),
                        true,
                        List.of(
                                contact("alice-1", "Linphone/4.4", "192.0.2.7:40112", 3_000),
                                contact("alice-2", "baresip v1.1.0", "192.0.2.8:55021", 3_600)),
                        List.of(),
                        "io.drawbridge.home.user~alice@contoso.example"),
                new HomeUser(
                        Address.of("carol@contoso.example"),
                        "",
                        List.of("bob@fabrikam.example", "litware.example"),
                        List.of("proseware.example"),
                        false,
                        List.of(),
                        questions(),
                        "io.drawbridge.home.user~carol@contoso.example"));
    }

    private static List<Question> questions() {
        Address carol = Address.of("carol@contoso.example");
        return List.of(
                new Question(carol, Address.of("eve@fabrikam.example"), Origin.UNVERIFIED, "Eve", NOW.minusSeconds(90)),
                new Question(carol, ALICE, Origin.INSIDE, "", NOW.minusSeconds(60)));
    }

    private static HomeContact contact(String user, String client, String from, int seconds) {
        return new HomeContact("sip:" + user + "@192.0.2.7;transport=tls", client, from, NOW.plusSeconds(seconds));
    }
}
