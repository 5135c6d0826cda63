// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.dns.FederationLocator;
import io.drawbridge.sip.internal.flow.HomeHop;
import io.drawbridge.sip.internal.relay.Destinations;
import io.drawbridge.sip.internal.relay.Hop;
import io.drawbridge.sip.internal.relay.Relay;
import io.drawbridge.sip.internal.relay.RelayConfig;
import io.drawbridge.sip.internal.relay.RelayCounters;
import io.drawbridge.sip.internal.relay.RelaySettings;
import io.drawbridge.sip.internal.relay.RelaySettingsHolder;
import io.drawbridge.sip.internal.relay.SealKey;
import io.drawbridge.sip.internal.relay.Surroundings;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.SecretKey;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Puts the relay into the container: its settings, and what it needs of other bundles, each of which may come and go. */
@Component(
        service = {
            ConnectionHandler.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class,
            RelaySettingsHolder.class,
            RelayComponent.class
        },
        configurationPid = RelayConfig.PID,
        property = ConnectionHandler.PROTOCOL + "=" + Destinations.PROTOCOL)
public final class RelayComponent
        implements ConnectionHandler,
                MetricSource,
                ConfigurationProblems,
                ConfigurationCheck,
                RelaySettingsHolder,
                Surroundings {
    private static final String SEAL_KEY = "seal.key";

    private final Connector connector;
    private final FederationLocator locator;
    private final Announcements announcements;
    private final RelayCounters counters = new RelayCounters();
    private final EventExecutor homeLoop = new DefaultEventLoop(new DefaultThreadFactory("drawbridge-sip-home", true));
    private final Relay relay;
    private final LastGood<RelayConfig, RelaySettings> configuration =
            new LastGood<>(RelayConfig.class, RelayConfig.PID, RelaySettings::of);
    private volatile HomeHop home;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policy policy;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Safeguards safeguards;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NetworkAddresses networkAddresses;

    @Reference(policy = ReferencePolicy.DYNAMIC, fieldOption = FieldOption.UPDATE)
    private final List<CrossingListener> listeners = new CopyOnWriteArrayList<>();

    /** Starts with the configuration there is; a bad one leaves the defaults in force. */
    @Activate
    public RelayComponent(
            @Reference Connector connector,
            @Reference FederationLocator locator,
            @Reference Announcements announcements,
            BundleContext bundle,
            Map<String, Object> properties) {
        this(
                connector,
                locator,
                announcements,
                SealKey.keptIn(bundle.getDataFile(SEAL_KEY).toPath()),
                properties);
    }

    RelayComponent(
            Connector connector,
            FederationLocator locator,
            Announcements announcements,
            SecretKey sealKey,
            Map<String, Object> properties) {
        this.connector = connector;
        this.locator = locator;
        this.announcements = announcements;
        configure(properties);
        relay = new Relay(this, this::settings, counters, Clock.systemUTC(), sealKey);
    }

    @Modified
    void configure(Map<String, Object> properties) {
        Map<String, Object> keys = new HashMap<>(properties);
        keys.remove(ConnectionHandler.PROTOCOL);
        configuration.configure(keys);
    }

    @Deactivate
    void deactivate() {
        relay.drain();
        HomeHop last = home;
        if (last != null) {
            last.shut();
        }
        homeLoop.shutdownGracefully();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHome(SipElement element) {
        HomeHop next = new HomeHop(relay, homeLoop, element, () -> settings().limits(), relay::homeName);
        HomeHop last = home;
        home = next;
        next.open();
        if (last != null) {
            last.shut();
        }
    }

    void unbindHome(SipElement element) {
        HomeHop last = home;
        if (last != null && last.leadsTo(element)) {
            home = null;
            last.shut();
        }
    }

    /** Returns the relay, for what else this bundle offers. */
    public Relay relay() {
        return relay;
    }

    /** Returns the loop of what lives in this appliance: the home and the diagnosis. */
    EventExecutor homeLoop() {
        return homeLoop;
    }

    @Override
    public void opened(Connection connection) {
        relay.opened(connection);
    }

    @Override
    public void collect(MetricSink sink) {
        counters.collect(sink);
    }

    @Override
    public List<InvalidSetting> problems() {
        return configuration.problems();
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }

    @Override
    public RelaySettings settings() {
        return configuration.settings();
    }

    @Override
    public RelayCounters counters() {
        return counters;
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    @Override
    public Optional<NetworkAddresses> networkAddresses() {
        return Optional.ofNullable(networkAddresses);
    }

    @Override
    public Optional<Safeguards> safeguards() {
        return Optional.ofNullable(safeguards);
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public FederationLocator locator() {
        return locator;
    }

    @Override
    public Announcements announcements() {
        return announcements;
    }

    @Override
    public Optional<Hop> home() {
        return Optional.ofNullable(home);
    }

    @Override
    public List<CrossingListener> listeners() {
        return listeners;
    }
}
