// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.directory.OutgoingPeers;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.xmpp.internal.diagnosis.XmppDiagnosis;
import io.drawbridge.xmpp.internal.stream.Gateway;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import io.drawbridge.xmpp.internal.stream.StanzaReceiver;
import io.drawbridge.xmpp.internal.stream.Streams;
import io.drawbridge.xmpp.internal.stream.XmppConfig;
import io.drawbridge.xmpp.internal.stream.XmppSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the streams into the container: their settings, and what they need of other bundles. */
@Component(
        service = {
            Streams.class,
            XmppComponent.class,
            OutgoingPeers.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class
        },
        immediate = true,
        configurationPid = XmppConfig.PID)
@Designate(ocd = XmppConfig.class)
public final class XmppComponent
        implements Streams,
                OutgoingPeers,
                MetricSource,
                ConfigurationProblems,
                ConfigurationCheck,
                Gateway.Neighbours,
                AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(XmppComponent.class);

    private final Connector connector;
    private final Gateway gateway;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "drawbridge-xmpp-timer"));
    private final LastGood<XmppConfig, XmppSettings> configuration =
            new LastGood<>(XmppConfig.class, XmppConfig.PID, XmppSettings::of);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policy policy;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile XmppPartners partners;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile StanzaReceiver receiver;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<CrossingListener> crossings = List.of();

    /** Starts with the configuration there is; a bad one leaves the defaults in force. */
    @Activate
    public XmppComponent(@Reference Connector connector, Map<String, Object> properties) {
        this.connector = connector;
        configure(properties);
        gateway = new Gateway(this, configuration::settings, Clock.systemUTC());
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Takes over a changed configuration if it is valid. */
    @Modified
    public void configure(Map<String, Object> properties) {
        configuration.configure(properties);
    }

    /** Returns the settings in force. */
    XmppSettings settings() {
        return configuration.settings();
    }

    private void tick() {
        try {
            gateway.tick();
        } catch (RuntimeException bug) {
            log.error("looking after the streams failed", bug);
        }
    }

    /** Ends all streams in order; their answers were given before, as what gives them needs this service. */
    @Deactivate
    @Override
    public void close() {
        gateway.close();
        timer.shutdownNow();
    }

    /** Takes over a stream that a partner opened. */
    void opened(Connection connection) {
        gateway.opened(connection);
    }

    /** Returns what tests them. */
    XmppDiagnosis diagnosis() {
        return new XmppDiagnosis(gateway, this);
    }

    @Override
    public List<PeerStatus> outgoing() {
        return gateway.outgoing();
    }

    @Override
    public CompletionStage<DeliveryOutcome> send(OutgoingStanza stanza) {
        return gateway.send(stanza);
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

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    @Override
    public Optional<XmppPartners> partners() {
        return Optional.ofNullable(partners);
    }

    @Override
    public List<CrossingListener> crossings() {
        return crossings;
    }

    @Override
    public Optional<StanzaReceiver> receiver() {
        return Optional.ofNullable(receiver);
    }
}
