// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.partner.NetworkAddresses.Answer;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.PluginThreads;
import io.drawbridge.providers.internal.plugin.SteppedTime;
import io.drawbridge.providers.internal.plugin.Uninterrupted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A plug-in's code for addresses in the moment its threads end: nobody is refused, and another is to be asked. */
final class TranslatorTest {
    private static final Address BOB = Address.of("bob@screen.example");

    private final SteppedTime time = new SteppedTime();
    private final Conduct conduct = new Conduct("screen", time, last -> {});
    private final CountDownLatch go = new CountDownLatch(1);

    private Translator translator(AddressAbility code) {
        PluginThreads threads =
                new PluginThreads("screen", TranslatorTest.class.getClassLoader(), 1, conduct, time::nanoTime);
        return new Translator(code, threads, conduct, time, address -> true);
    }

    private static CompletableFuture<Optional<Answer>> ask(Translator translator, String user) {
        return translator
                .ask(Direction.OUTBOUND, new Address(user, BOB.domain()))
                .toCompletableFuture();
    }

    @Test
    void aNameLongerThanAnyNetworkHasIsAskedEachTimeAndTakesNoMemory() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Translator translator = translator(written -> {
            asked.incrementAndGet();
            return written;
        });
        String longest = "b".repeat(Translator.LONGEST_KEPT);
        for (String user : List.of(longest, longest, longest + "b", longest + "b")) {
            assertThat(ask(translator, user).get(60, TimeUnit.SECONDS)).isPresent();
        }
        assertThat(asked).hasValue(3);
        translator.close();
    }

    @Test
    void whatIsAskedAfterTheEndHasNoAnswer() throws Exception {
        Translator translator = translator(written -> written);
        assertThat(ask(translator, "bob").get(60, TimeUnit.SECONDS)).contains(Answer.of(BOB));
        translator.close();
        assertThat(ask(translator, "ann").get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whatWaitsAtTheEndHasNoAnswerWithoutDelay() {
        Translator translator = translator(written -> {
            Uninterrupted.await(go);
            return written;
        });
        CompletableFuture<Optional<Answer>> begun = ask(translator, "bob");
        CompletableFuture<Optional<Answer>> behind = ask(translator, "ann");
        translator.close();
        assertThat(begun).isCompletedWithValue(Optional.empty());
        assertThat(behind).isCompletedWithValue(Optional.empty());
        go.countDown();
    }
}
