// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.directory.LedgerDirectory;
import io.drawbridge.api.directory.LedgerStatus;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.link.Aliases;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Right;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;

/** Puts the ledger into the container, in the database that is configured. */
@Component(
        service = {
            Ledger.class,
            Aliases.class,
            LedgerDirectory.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class
        },
        configurationPid = LedgerConfig.PID)
public final class LedgerComponent
        implements Ledger, Aliases, LedgerDirectory, MetricSource, ConfigurationProblems, ConfigurationCheck {
    private final LastGood<LedgerConfig, Database> configuration;
    private final JdbcLedger ledger = new JdbcLedger(Clock.systemUTC());
    private final RememberedAliases aliases = new RememberedAliases(ledger);
    private Database database;

    /** Starts to open the ledger. */
    @Activate
    public LedgerComponent(BundleContext context, Map<String, Object> properties) {
        String data = Optional.ofNullable(context.getProperty("karaf.data")).orElse("data");
        configuration = new LastGood<>(LedgerConfig.class, LedgerConfig.PID, config -> database(config, data));
        configure(properties);
    }

    @Modified
    void configure(Map<String, Object> properties) {
        configuration.configure(properties);
        Database next = configuration.settings();
        if (!next.equals(database)) {
            database = next;
            ledger.use(next);
        }
    }

    @Deactivate
    void close() {
        ledger.close();
    }

    private static Database database(LedgerConfig config, String data) throws InvalidSetting {
        String url = config.url().isBlank() ? Database.Kind.H2.prefix() + data + "/ledger/ledger" : config.url();
        Database.Kind kind = Arrays.stream(Database.Kind.values())
                .filter(candidate -> url.startsWith(candidate.prefix()))
                .findFirst()
                .orElseThrow(() -> new InvalidSetting(
                        LedgerConfig.PID, "url", config.url(), "begins with jdbc:h2:file: or jdbc:postgresql:"));
        return new Database(kind, url, config.user(), config._password());
    }

    @Override
    public CompletionStage<Void> keep(Right right, Entitlement entitlement) {
        return ledger.keep(right, entitlement);
    }

    @Override
    public void keepLater(Right right, Entitlement entitlement) {
        ledger.keepLater(right, entitlement);
    }

    @Override
    public void keepLater(Right right, Optional<PresenceDocument> shown) {
        ledger.keepLater(right, shown);
    }

    @Override
    public void keepLater(String alias, Instance instance) {
        ledger.keepLater(alias, instance);
    }

    @Override
    public CompletionStage<Void> keep(Consent consent) {
        return ledger.keep(consent);
    }

    @Override
    public CompletionStage<Void> forgetConsents(Address user) {
        return ledger.forgetConsents(user);
    }

    @Override
    public void keepLater(Question question) {
        ledger.keepLater(question);
    }

    @Override
    public void forgetLater(Question question) {
        ledger.forgetLater(question);
    }

    @Override
    public void onOpened(Consumer<Content> listener) {
        ledger.onOpened(listener);
    }

    @Override
    public void remember(String alias, Instance instance) {
        aliases.remember(alias, instance);
    }

    @Override
    public Optional<Instance> find(Principal principal, String alias) {
        return aliases.find(principal, alias);
    }

    @Override
    public LedgerStatus ledger() {
        return ledger.status();
    }

    @Override
    public void collect(MetricSink sink) {
        ledger.collect(sink);
    }

    @Override
    public List<InvalidSetting> problems() {
        return configuration.problems();
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }
}
