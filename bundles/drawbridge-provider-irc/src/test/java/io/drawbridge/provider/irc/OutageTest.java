// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.IrcUser;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Ngircd;
import io.drawbridge.testbed.TestAuthority;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that dies, and one that is not there. */
final class OutageTest {
    @TempDir
    private static Path directory;

    @Test
    void aServerThatDiesTakesOnlyWhatItHadAndIsFoundAgain() {
        TestAuthority authority = new TestAuthority("Test CA", directory.resolve("ca"));
        Credential credential = authority.issue(Leaf.of("localhost"));
        try (Ngircd network = new Ngircd(directory, "irc.plain.example", credential);
                Organisation contoso = new Organisation(
                                network.tlsPort(), authority.anchorFile().toString(), "alice")
                        .online()) {
            network.process().freeze();
            CompletableFuture<Outcome> begun = contoso.says("bob", "are you there");
            network.process().kill();
            assertThat(contoso.outcome(begun)).isInstanceOf(Outcome.Failed.class);
            contoso.awaitStanding(AccountStatus.DISCONNECTED);
            assertThat(contoso.outcome(contoso.says("bob", "and now"))).isInstanceOf(Outcome.Failed.class);
            contoso.standings.clear();
            contoso.reconnect();
            assertThat(contoso.awaitStanding(AccountStatus.DISCONNECTED)).contains("cannot be reached");
            network.restart();
            contoso.standings.clear();
            contoso.reconnect();
            contoso.awaitStanding(AccountStatus.ONLINE);
            try (IrcUser bob = new IrcUser(network.port(), "bob")) {
                assertThat(contoso.outcome(contoso.says("bob", "back again"))).isEqualTo(new Outcome.HandedOver());
                bob.awaits(" PRIVMSG bob :back again");
            }
        }
    }
}
