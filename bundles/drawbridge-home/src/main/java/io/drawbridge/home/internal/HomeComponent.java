// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.home.Consents;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.RemoteAccess;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.users.UserConfigurations;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Puts the home into the container. */
@Component(
        service = {
            HomeComponent.class,
            SipElement.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class
        },
        // Who is registered must outlive the relay's letting go of this service.
        immediate = true,
        configurationPid = HomeConfig.PID)
public final class HomeComponent implements SipElement, MetricSource, ConfigurationProblems, ConfigurationCheck {
    private final HomeLoop loop = new HomeLoop();
    private final Home home;
    private final LastGood<HomeConfig, HomeConfig> configuration =
            new LastGood<>(HomeConfig.class, HomeConfig.PID, config -> config);
    private volatile Consents known;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policy policy;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile RemoteAccess remoteAccess;

    /** Starts the home with its defaults if the configuration is not valid. */
    @Activate
    public HomeComponent(@Reference UserConfigurations users, Map<String, Object> properties) {
        modified(properties);
        home = new Home(
                configuration::settings,
                () -> policy.edge(),
                user -> remoteAccess.permits(user),
                users.table(),
                loop,
                loop,
                InstantSource.system());
    }

    /** Takes a changed configuration, or keeps the last good one. */
    @Modified
    public void modified(Map<String, Object> properties) {
        configuration.configure(properties);
    }

    /** Learns whom users let see them, or again what another ledger says. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bind(Consents consents) {
        known = consents;
        home.use(consents);
    }

    /** Nobody can tell any longer, unless there is somebody else already. */
    public void unbind(Consents consents) {
        if (consents.equals(known)) {
            home.use(null);
        }
    }

    /** Stops taking messages; clients find their connections closed and register elsewhere or later. */
    @Deactivate
    public void deactivate() {
        home.close();
        loop.close();
    }

    @Override
    public void opened(SipFlow flow) {
        home.opened(flow);
    }

    @Override
    public void received(SipFlow flow, byte[] message) {
        home.received(flow, message);
    }

    @Override
    public void closed(SipFlow flow) {
        home.closed(flow);
    }

    @Override
    public void collect(MetricSink sink) {
        home.collect(sink);
    }

    @Override
    public List<InvalidSetting> problems() {
        return configuration.problems();
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }

    /** Returns the clients a user is registered with. */
    List<Binding> contacts(Address user) {
        return home.contacts(user);
    }

    /** Returns who waits for a word of a user. */
    List<Question> questions(Address user) {
        return home.questions(user);
    }
}
