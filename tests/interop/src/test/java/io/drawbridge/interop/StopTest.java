// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.KamailioDomain;
import io.drawbridge.testbed.Sipp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance that is stopped while messages are under way. */
final class StopTest {
    private static final Duration PLAY = Duration.ofSeconds(60);
    private static final int MESSAGES = 50;
    private static final Pattern ARRIVED = Pattern.compile("(?m)^MESSAGE sip:");

    @TempDir
    private static Path directory;

    @Test
    void whatWasAcceptedIsDeliveredOnceAndAnsweredBeforeTheApplianceEnds() {
        try (Contoso contoso = new Contoso(directory, Map.of(), Map.of())) {
            KamailioDomain fabrikam = contoso.partner("fabrikam.example");
            contoso.allow("fabrikam.example");
            Eventually.await("the partner to be allowed", PLAY, () -> delivers(contoso, fabrikam));
            String bob = Contoso.addressIn(contoso.home());
            try (Sipp slow = Sipp.answering(
                            Contoso.answeringPart("message-slow-answerer", contoso.home())
                                    .calls(MESSAGES, MESSAGES),
                            directory);
                    Sipp ann = Sipp.calling(
                            Contoso.callingPart("message-caller", fabrikam, bob, Map.of())
                                    .calls(MESSAGES, MESSAGES),
                            directory)) {
                Eventually.await("all messages to arrive", PLAY, () -> arrived(slow) == MESSAGES);

                contoso.edge().stop();

                ann.awaitSuccess(PLAY);
                slow.awaitSuccess(PLAY);
                assertThat(ann.messages()).contains("SIP/2.0 200").doesNotContain("SIP/2.0 5", "SIP/2.0 408");
                assertThat(arrived(slow)).isEqualTo(MESSAGES);
            }
        }
    }

    private static boolean delivers(Contoso contoso, KamailioDomain from) {
        String recipient = KamailioDomain.AUTO + "@" + Contoso.DOMAIN;
        try (Sipp ann = contoso.calling("message-ender", from, recipient, Map.of())) {
            ann.awaitSuccess(PLAY);
            return ann.messages().contains("SIP/2.0 200");
        }
    }

    private static long arrived(Sipp sipp) {
        return ARRIVED.matcher(sipp.messages()).results().count();
    }
}
