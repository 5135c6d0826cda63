// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.testkit.Journal.Callee;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What the contracts of both kinds of providers have. */
@Isolated("it listens to everything that is printed and thrown")
@ExtendWith(Verdict.class)
abstract class Contract {
    static {
        // What is logged at this level reaches somebody's disk some day, so the search for secrets sees it too.
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
    }

    private static final Duration MOMENT = Duration.ofMillis(1200);

    private Output output;

    /** Returns a new provider, as the bundle would register it. Called several times for one test. */
    protected abstract Provider provider();

    /** Returns the bundle, as a file or as the folder it is packed from; by default where the provider's class is. */
    protected Path bundle() {
        try {
            return Path.of(provider()
                    .getClass()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException strange) {
            throw new IllegalStateException(strange);
        }
    }

    /** Returns the packages that other bundles of the vendor's feature export; by default it has no others. */
    protected Set<String> packagesOfItsFeature() {
        return Set.of();
    }

    @BeforeEach
    final void listen() {
        output = new Output();
    }

    @AfterEach
    final void listenNoMore() {
        output.close();
    }

    final Output output() {
        return output;
    }

    final ProviderDescription described() {
        ProviderDescription description = provider().description();
        Finding.unless(description != null, "description() returned nothing");
        return description;
    }

    /** Asks the provider something, and fails unless it answers within a second. */
    final <T> T atOnce(Function<Provider, T> question) {
        Provider provider = provider();
        AtomicReference<T> answer = new AtomicReference<>();
        try (LeapingTime time = new LeapingTime()) {
            Journal journal = new Journal(time);
            Provider watched = (Provider) journal.watched(
                    Callee.PLUGIN,
                    provider,
                    Stream.of(NativeProvider.class, GatewayProvider.class)
                            .filter(kind -> kind.isInstance(provider))
                            .toArray(Class<?>[]::new));
            Thread asking = new Thread(() -> answer.set(question.apply(watched)), "drawbridge-testkit-asking");
            asking.setDaemon(true);
            asking.start();
            time.comes(MOMENT, () -> !asking.isAlive());
            journal.requireGoodConduct();
        }
        return answer.get();
    }
}
