// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import static io.drawbridge.core.internal.exchange.Wired.ALICE;
import static io.drawbridge.core.internal.exchange.Wired.BOB;
import static io.drawbridge.core.internal.exchange.Wired.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.link.Inbox.Origin;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.core.internal.policy.PartnersInForce;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The exchange with its own thread, from start to end. */
final class ExchangeTest {
    @Test
    void aStepThatTheLedgerKeepsAfterTheEndIsAnsweredAllTheSame() throws InvalidSetting {
        Wired parts = Wired.federated();
        parts.ledger.slow = true;
        ExchangeSettings settings =
                ExchangeSettings.of(Settings.read(ExchangeConfig.class, ExchangeConfig.PID, Map.of())
                        .value());
        Exchange exchange = new Exchange(
                parts.policy,
                new PartnersInForce(parts.policy),
                parts.ledger,
                () -> settings,
                InstantSource.system(),
                List.of());
        exchange.add("sip", parts.sip);
        CompletableFuture<DeliveryOutcome> outcome = exchange.accept(
                        step(ALICE, BOB, Step.ASK), new Origin("xmpp", "chat.example", Trust.STRONG))
                .toCompletableFuture();
        exchange.close();
        assertThat(outcome).isNotDone();
        parts.ledger.held.get(0).run();
        assertThat(outcome.join())
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.NO_LINK));
        assertThat(parts.sip.got).isEmpty();
    }
}
