// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.EDGE;
import static io.drawbridge.core.internal.Configured.HOSTING;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.outbound;
import static io.drawbridge.core.internal.Peers.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing flows until both locks are open: organisation switch and user's policy (lync-edge 2.3). */
final class TwoLocksTest {
    private static final String US = "bob@contoso.example";
    private static final String THEM = "alice@fabrikam.example";

    /** A class of the other side, how it is configured, and the certificate and record it comes with. */
    private enum Other {
        DIRECT(SourceType.DIRECT_PARTNER, "enableFederationAccess", Reason.USER_NOT_ENABLED) {
            @Override
            Configured configure(Configured edge, boolean on) {
                return edgeWith(edge, on).set(ALLOWED + "fabrikam.example", "proxyFqdn", "edge.fabrikam.example");
            }
        },
        ALLOWED_DOMAIN(SourceType.ALLOWED_PARTNER, "enableFederationAccess", Reason.USER_NOT_ENABLED) {
            @Override
            Configured configure(Configured edge, boolean on) {
                return edgeWith(edge, on).set(ALLOWED + "fabrikam.example");
            }
        },
        DISCOVERED(SourceType.DISCOVERED_PARTNER, "enableFederationAccess", Reason.USER_NOT_ENABLED) {
            @Override
            Configured configure(Configured edge, boolean on) {
                return edgeWith(edge, on, "enablePartnerDiscovery", "true");
            }
        },
        HOSTED(SourceType.PROVIDER, "enableFederationAccess", Reason.USER_NOT_ENABLED) {
            @Override
            Configured configure(Configured edge, boolean on) {
                return edgeWith(edge, on)
                        .set(ALLOWED + "fabrikam.example")
                        .set(HOSTING + "cloud", "proxyFqdn", "edge.fabrikam.example", "enabled", "true");
            }
        },
        DEFAULT_ROUTE(SourceType.DEFAULT_ROUTE, "enableFederationAccess", Reason.USER_NOT_ENABLED) {
            @Override
            Configured configure(Configured edge, boolean on) {
                return edgeWith(edge, on, DEFAULT);
            }
        },
        PUBLIC_DEFAULT_ROUTE(
                SourceType.DEFAULT_ROUTE, "enablePublicCloudAccess", Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD) {
            @Override
            Configured configure(Configured edge, boolean on) {
                List<String> more = new ArrayList<>(List.of(DEFAULT));
                more.addAll(List.of("isPublicProvider", "true"));
                return edgeWith(edge, on, more.toArray(String[]::new));
            }
        };

        private static final String[] DEFAULT = {
            "routingMethod", "UseDefaultRouting", "defaultRouteFqdn", "edge.fabrikam.example"
        };

        private final SourceType type;
        private final String flag;
        private final Reason lockedByPolicy;

        Other(SourceType type, String flag, Reason lockedByPolicy) {
            this.type = type;
            this.flag = flag;
            this.lockedByPolicy = lockedByPolicy;
        }

        abstract Configured configure(Configured edge, boolean on);

        private static Configured edgeWith(Configured edge, boolean on, String... more) {
            List<String> properties = new ArrayList<>(
                    List.of("sipDomains", "contoso.example", "allowFederatedUsers", String.valueOf(on)));
            properties.addAll(List.of(more));
            return edge.set(EDGE, properties.toArray(String[]::new));
        }
    }

    static Stream<Arguments> everyClassBothWays() {
        return Stream.of(Other.values()).flatMap(other -> Stream.of(Direction.values())
                .flatMap(direction -> Stream.of(TrafficKind.MESSAGE, TrafficKind.PRESENCE, TrafficKind.IN_DIALOG)
                        .map(kind -> Arguments.of(other, direction, kind))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("everyClassBothWays")
    void bothLocksMustBeOpen(Other other, Direction direction, TrafficKind kind) {
        for (boolean organisation : new boolean[] {false, true}) {
            for (boolean user : new boolean[] {false, true}) {
                Configured edge = other.configure(new Configured(), organisation)
                        .set(ACCESS + "global", other.flag, String.valueOf(user));
                assertThat(edge.problems()).isEmpty();
                Verdict verdict = edge.snapshot().decide(envelope(direction, kind));
                Reason expected = !organisation ? Reason.FEDERATION_OFF : user ? Reason.ALLOWED : other.lockedByPolicy;
                assertThat(verdict.reason())
                        .as("%s, %s: %s", organisation, user, verdict)
                        .isEqualTo(expected);
                assertThat(verdict.allowed()).isEqualTo(organisation && user);
                if (organisation) {
                    assertThat(verdict.source()).contains(other.type);
                    assertThat(verdict.publicCloud()).isEqualTo(other == Other.PUBLIC_DEFAULT_ROUTE);
                }
            }
        }
    }

    @Test
    void anotherFlagDoesNotOpenTheLock() {
        Configured edge = Other.DIRECT
                .configure(new Configured(), true)
                .set(ACCESS + "global", "enablePublicCloudAccess", "true", "enableXmppAccess", "true");
        assertThat(edge.snapshot()
                        .decide(envelope(Direction.OUTBOUND, TrafficKind.MESSAGE))
                        .reason())
                .isEqualTo(Reason.USER_NOT_ENABLED);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, ALLOWED",
        "true, false, USER_NOT_ENABLED_FOR_PUBLIC_CALLS",
        "false, true, USER_NOT_ENABLED_FOR_PUBLIC_CLOUD"
    })
    void aCallWithAPublicProviderNeedsBothOfItsFlags(boolean cloud, boolean calls, Reason expected) {
        Configured edge = Other.PUBLIC_DEFAULT_ROUTE
                .configure(new Configured(), true)
                .set(
                        ACCESS + "global",
                        "enablePublicCloudAccess",
                        String.valueOf(cloud),
                        "enablePublicCloudAudioVideoAccess",
                        String.valueOf(calls));
        for (Direction direction : Direction.values()) {
            assertThat(edge.snapshot()
                            .decide(envelope(direction, TrafficKind.CALL))
                            .reason())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
    void anOwnUserSignsInFromOutsideOnlyIfBothLocksAreOpen(boolean organisation, boolean user, boolean expected) {
        Configured edge = new Configured()
                .set(EDGE, "sipDomains", "contoso.example", "allowOutsideUsers", String.valueOf(organisation))
                .set(ACCESS + "global", "enableOutsideAccess", String.valueOf(user));
        assertThat(edge.snapshot().admitsFromOutside(Address.of(US))).isEqualTo(expected);
        assertThat(edge.snapshot().admitsFromOutside(Address.of(THEM))).isFalse();
    }

    @Test
    void aRefusalNamesTheSwitchThePidAndEveryRuleAskedBefore() {
        Verdict verdict = Other.DIRECT
                .configure(new Configured(), true)
                .snapshot()
                .decide(envelope(Direction.INBOUND, TrafficKind.MESSAGE));
        assertThat(verdict.rules())
                .extracting(RuleResult::rule)
                .containsExactly(
                        Rule.EDGE_CONFIGURED,
                        Rule.OWN_DOMAIN,
                        Rule.ORGANISATION_SWITCH,
                        Rule.BLOCKED_DOMAIN,
                        Rule.CLASSIFICATION,
                        Rule.TRAFFIC_TYPE,
                        Rule.PEER_IDENTITY,
                        Rule.ACCESS_POLICY);
        assertThat(verdict.rules().get(7))
                .isEqualTo(
                        new RuleResult(Rule.ACCESS_POLICY, false, "enableFederationAccess=false in global (built in)"));
        assertThat(verdict.route()).isEmpty();
    }

    private static Envelope envelope(Direction direction, TrafficKind kind) {
        PeerIdentity peer = dns("edge.fabrikam.example");
        return direction == Direction.INBOUND
                ? inbound(THEM, US, kind).from(peer).with(srv("edge.fabrikam.example"))
                : outbound(US, THEM, kind).with(srv("edge.fabrikam.example"));
    }
}
