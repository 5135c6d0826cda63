// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Nothing blocks an event loop (architecture.md section 6). */
final class EventLoopsTest {
    @Test
    void protocolCodeDoesNotWait() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.drawbridge.sip.internal.codec..",
                        "io.drawbridge.sip.internal.relay..",
                        "io.drawbridge.sip.internal.trust..",
                        "io.drawbridge.xmpp.internal.codec..",
                        "io.drawbridge.xmpp.internal.stream..",
                        "io.drawbridge.net.internal.connector..",
                        "io.drawbridge.core.internal.policy..",
                        "io.drawbridge.core.internal.authorization..",
                        "io.drawbridge.core.internal.exchange..",
                        "io.drawbridge.core.internal.safeguards..")
                .should()
                .callMethod(CompletableFuture.class, "join")
                .orShould()
                .callMethod(CompletableFuture.class, "get")
                .orShould()
                .callMethod(Future.class, "get")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(CountDownLatch.class, "await")
                .check(Product.CLASSES);
    }
}
