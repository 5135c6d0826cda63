// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.outbound;
import static io.drawbridge.core.internal.Peers.uri;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Precedence user, site, global; the whole policy of the nearest scope applies, never merged (lync-edge 9). */
final class AccessPolicyTest {
    private static final String THEM = "alice@fabrikam.example";

    /** Every combination of a policy that is absent, denies or grants, at each of the three scopes. */
    @ParameterizedTest(name = "tag {0}, site {1}, global {2}: {3}")
    @CsvSource({
        "grants, denies, denies, true, tag:sales",
        "denies, grants, grants, false, tag:sales",
        "grants, absent, absent, true, tag:sales",
        "absent, grants, denies, true, site:berlin",
        "absent, denies, grants, false, site:berlin",
        "absent, absent, grants, true, global",
        "absent, absent, denies, false, global",
        "absent, absent, absent, false, global",
    })
    void theNearestScopeWins(String tag, String site, String global, boolean allowed, String deciding) {
        Configured edge = edge();
        policy(edge, "sales", tag, "scope", "tag:sales", "members", "bob@contoso.example");
        policy(edge, "berlin", site, "scope", "site:berlin", "members", "contoso.example");
        policy(edge, "global", global, "scope", "global");
        assertThat(edge.problems()).isEmpty();
        for (Verdict verdict : new Verdict[] {
            edge.snapshot().decide(outbound("bob@contoso.example", THEM)),
            edge.snapshot().decide(inbound(THEM, "bob@contoso.example", uri("fabrikam.example")))
        }) {
            assertThat(verdict.allowed()).isEqualTo(allowed);
            assertThat(verdict.rules().stream().map(Object::toString))
                    .anyMatch(rule -> rule.contains("in " + deciding + " ("));
        }
    }

    @Test
    void flagsOfFartherScopesAreNotMergedIn() {
        Configured edge = edge().set(
                        ACCESS + "global", "enableFederationAccess", "true", "enablePublicCloudAccess", "true")
                .set(ACCESS + "cloud-only", "members", "bob@contoso.example", "enablePublicCloudAccess", "true");
        assertThat(edge.snapshot().decide(outbound("bob@contoso.example", THEM)).allowed())
                .isFalse();
        assertThat(edge.snapshot()
                        .decide(outbound("carol@contoso.example", THEM))
                        .allowed())
                .isTrue();
    }

    @Test
    void usersAreFoundWhateverTheCaseOfTheirNames() {
        Configured edge =
                edge().set(ACCESS + "sales", "members", "BoB@Contoso.example", "enableFederationAccess", "true");
        assertThat(edge.snapshot().decide(outbound("bOb@CONTOSO.example", THEM)).allowed())
                .isTrue();
    }

    @Test
    void aSiteIsTheDomainsItsUsersHave() {
        Configured edge = edge().set(
                        ACCESS + "site",
                        "scope",
                        "site:north",
                        "members",
                        "north.contoso.example",
                        "enableFederationAccess",
                        "true");
        assertThat(edge.snapshot()
                        .decide(outbound("bob@north.contoso.example", THEM))
                        .allowed())
                .isTrue();
        assertThat(edge.snapshot().decide(outbound("bob@contoso.example", THEM)).allowed())
                .isFalse();
    }

    @Test
    void theDirectoryShowsTheGlobalPolicyFirstAndSaysWhereEachIsConfigured() {
        Configured edge = edge().set(
                        ACCESS + "sales",
                        "members",
                        "bob@contoso.example",
                        "enableXmppAccess",
                        "true",
                        "description",
                        "Sellers");
        SnapshotDirectory directory = new SnapshotDirectory(edge::snapshot);
        assertThat(directory.accessPolicies())
                .extracting(AccessPolicyStatus::scope)
                .containsExactly("global", "tag:sales");
        assertThat(directory.accessPolicies().get(0).pid())
                .as("the built-in one")
                .isEmpty();
        assertThat(directory.accessPolicies().get(1)).satisfies(sales -> {
            assertThat(sales.description()).isEqualTo("Sellers");
            assertThat(sales.xmpp()).isTrue();
            assertThat(sales.federation()).isFalse();
            assertThat(sales.members()).containsExactly("bob@contoso.example");
            assertThat(sales.pid()).isEqualTo("io.drawbridge.policy.access~sales");
        });
    }

    private static Configured edge() {
        return contosoWith("sipDomains", "contoso.example,north.contoso.example")
                .delete(ACCESS + "global")
                .set(ALLOWED + "fabrikam.example");
    }

    private static void policy(Configured edge, String name, String says, String... properties) {
        if (!says.equals("absent")) {
            String[] all = java.util.Arrays.copyOf(properties, properties.length + 2);
            all[properties.length] = "enableFederationAccess";
            all[properties.length + 1] = String.valueOf(says.equals("grants"));
            edge.set(ACCESS + name, all);
        }
    }
}
