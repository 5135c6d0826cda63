// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.GatewayStatus;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.TlsDemands;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What health says of public providers. */
final class ProvidersCheckTest {
    private static ProviderStatus parrot(State state, String trouble) {
        return new ProviderStatus(
                "parrot",
                "Parrot net",
                state,
                "1.0.0",
                Set.of(DomainName.of("parrot.example")),
                1,
                1,
                trouble,
                Optional.empty());
    }

    private static ProviderAccountStatus account(AccountStatus status) {
        return new ProviderAccountStatus(
                "parrot",
                "al, 1.1",
                "io.drawbridge.provider.account~flock",
                Optional.empty(),
                Optional.of(status),
                "wrong password",
                Instant.EPOCH,
                Optional.empty(),
                0);
    }

    private static Result judged(ProviderStatus provider, ProviderAccountStatus... accounts) {
        return ProvidersCheck.judge(List.of(provider), List.of(accounts), List.of())
                .result();
    }

    private static String said(Result result) {
        StringBuilder all = new StringBuilder();
        for (ResultLog.Entry entry : result) {
            all.append(entry.getMessage()).append('\n');
        }
        return all.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, OK, 'parrot runs, 1 of 1 account online'",
        "UNCONFIGURED, OK, parrot is not enabled",
        "DISABLED, OK, parrot is not enabled",
        "ENDED, WARN, evenThoughEnded=true",
        "ABSENT, CRITICAL, install its bundle",
        "WAITING, OK, the plug-in parrot 1.0.0 waits: another one serves",
    })
    void eachStateHasItsGravityAndItsRemedy(State state, Result.Status status, String words) {
        Result result = judged(parrot(state, ""));
        assertThat(result.getStatus()).isEqualTo(status);
        assertThat(said(result)).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, WARN", "REFUSED, WARN", "WAITING, WARN", "QUARANTINED, CRITICAL"})
    void whatAPluginDoesWrongIsNamedAlsoWhileItRuns(State state, Result.Status status) {
        Result result = judged(parrot(state, "it answered twice (deliver, account al)"));
        assertThat(result.getStatus()).isEqualTo(status);
        assertThat(said(result)).contains("parrot", "it answered twice (deliver, account al)", "ask its vendor");
    }

    @Test
    void anAccountThatNobodyTriesAgainNeedsSomebody() {
        Result result = judged(parrot(State.RUNNING, ""), account(AccountStatus.BAD_CREDENTIALS));
        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(said(result))
                .contains("account al, 1.1 with parrot: BAD_CREDENTIALS wrong password")
                .contains("mend io.drawbridge.provider.account~flock");
        assertThat(judged(parrot(State.RUNNING, ""), account(AccountStatus.DISCONNECTED))
                        .getStatus())
                .isEqualTo(Result.Status.OK);
    }

    @ParameterizedTest
    @CsvSource({"true, OK", "false, WARN"})
    void aGatewayThatWantsTheClientPurposeNeedsACertificateWithIt(boolean hasIt, Result.Status status) {
        ProviderStatus aol = new ProviderStatus(
                "aol",
                "AOL",
                State.RUNNING,
                "1.0.0",
                Set.of(DomainName.of("aol.example")),
                0,
                0,
                "",
                Optional.of(new GatewayStatus(
                        HostPort.of("gateway.aol.example:5061"),
                        VerificationLevel.ALWAYS_VERIFIABLE,
                        Optional.empty(),
                        TlsDemands.CLIENT_PURPOSE,
                        0)),
                Optional.empty());
        IdentityStatus edge =
                new IdentityStatus("edge", Optional.empty(), Optional.empty(), "", List.of("outside"), hasIt);
        Result result =
                ProvidersCheck.judge(List.of(aol), List.of(), List.of(edge)).result();
        assertThat(result.getStatus()).isEqualTo(status);
        assertThat(said(result).contains("will refuse this edge, whose certificate has not the purpose clientAuth"))
                .isEqualTo(!hasIt);
    }
}
