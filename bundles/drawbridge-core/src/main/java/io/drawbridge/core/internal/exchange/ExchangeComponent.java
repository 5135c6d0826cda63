// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.core.internal.ledger.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the exchange into the container, and follows the links that come and go. */
@Component(
        service = {Inbox.class, MetricSource.class, ConfigurationProblems.class, ConfigurationCheck.class},
        configurationPid = ExchangeConfig.PID,
        immediate = true)
public final class ExchangeComponent implements Inbox, MetricSource, ConfigurationProblems, ConfigurationCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeComponent.class);

    private final LastGood<ExchangeConfig, ExchangeSettings> configuration =
            new LastGood<>(ExchangeConfig.class, ExchangeConfig.PID, ExchangeSettings::of);
    private final Exchange exchange;

    @Reference(policy = ReferencePolicy.DYNAMIC, fieldOption = FieldOption.UPDATE)
    private final List<CrossingListener> listeners = new CopyOnWriteArrayList<>();

    /** Starts to take events. */
    @Activate
    public ExchangeComponent(
            @Reference Policy policy,
            @Reference XmppPartners partners,
            @Reference Ledger ledger,
            Map<String, Object> properties) {
        configuration.configure(properties);
        exchange = new Exchange(policy, partners, ledger, configuration::settings, Clock.systemUTC(), listeners);
    }

    @Modified
    void configure(Map<String, Object> properties) {
        configuration.configure(properties);
    }

    @Deactivate
    void stop() {
        exchange.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLink(Link link, Map<String, Object> properties) {
        String id = String.valueOf(properties.get(Link.ID));
        LOG.info("Link {} is there", id);
        exchange.add(id, link);
    }

    void unbindLink(Link link, Map<String, Object> properties) {
        String id = String.valueOf(properties.get(Link.ID));
        LOG.info("Link {} is gone", id);
        exchange.remove(id, link);
    }

    @Override
    public CompletionStage<DeliveryOutcome> accept(Event event, Origin origin) {
        return exchange.accept(event, origin);
    }

    @Override
    public void collect(MetricSink sink) {
        exchange.collect(sink);
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
