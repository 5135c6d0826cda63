// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.sip.internal.relay.HomeWay;
import io.drawbridge.sip.internal.ua.Gateway;
import io.drawbridge.sip.internal.ua.GatewayConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Puts the user agent of the gateway into the container, beside the relay, as the link to the home. */
@Component(
        service = {
            Link.class,
            ConnectionHandler.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class
        },
        immediate = true,
        configurationPid = GatewayConfig.PID,
        property = {Link.ID + "=" + Gateway.LINK, ConnectionHandler.PROTOCOL + "=" + Gateway.PROTOCOL})
public final class GatewayComponent
        implements Link, ConnectionHandler, MetricSource, ConfigurationProblems, ConfigurationCheck {
    private final LastGood<GatewayConfig, GatewayConfig> configuration =
            new LastGood<>(GatewayConfig.class, GatewayConfig.PID, config -> config);
    private final RelayComponent relay;
    private final Gateway gateway;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Inbox inbox;

    /** Works on the relay that runs. */
    @Activate
    public GatewayComponent(
            @Reference RelayComponent relay,
            @Reference Connector connector,
            @Reference Announcements announcements,
            Map<String, Object> properties) {
        this.relay = relay;
        HomeWay way = new HomeWay(relay.relay());
        configure(properties);
        gateway = new Gateway(
                configuration::settings,
                way,
                connector,
                announcements,
                () -> Optional.ofNullable(inbox),
                relay::policy);
        relay.relay().handover().to(gateway.element());
    }

    @Modified
    void configure(Map<String, Object> properties) {
        Map<String, Object> keys = new HashMap<>(properties);
        keys.remove(Link.ID);
        keys.remove(ConnectionHandler.PROTOCOL);
        configuration.configure(keys);
    }

    /** What is under way is answered first. */
    @Deactivate
    void deactivate() throws InterruptedException {
        gateway.drain();
        relay.relay().handover().to(null);
        gateway.stop();
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        return gateway.deliver(event);
    }

    @Override
    public void opened(Connection connection) {
        gateway.opened(connection);
    }

    @Override
    public void collect(MetricSink sink) {
        gateway.collect(sink);
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
