// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.identity.IdentityDirectory;
import io.drawbridge.net.internal.identity.InstanceName;
import io.drawbridge.net.internal.loops.EventLoops;
import io.drawbridge.net.internal.loops.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** One configured listener. */
@Component(
        service = ConfigurationProblems.class,
        immediate = true,
        configurationPid = ListenerComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ListenerConfig.class, factory = true)
public final class ListenerComponent implements ConfigurationProblems {
    static final String PID = "io.drawbridge.net.listener";
    private static final Duration LOOKS_EVERY = Duration.ofMillis(500);

    private final ListenerRegistry registry;
    private final IdentityDirectory identities;
    private final Listener listener;
    private final ScheduledFuture<?> upkeep;

    /** Begins to follow settings, identity and protocol. */
    @Activate
    public ListenerComponent(
            @Reference EventLoops loops,
            @Reference Workers workers,
            @Reference IdentityDirectory identities,
            @Reference ProtocolHandlers protocols,
            @Reference OpenConnections connections,
            @Reference Handshakes handshakes,
            @Reference ListenerRegistry registry,
            Map<String, Object> properties) {
        String pid = InstanceName.pid(properties, PID);
        Shared shared = new Shared(loops, identities::identity, protocols, connections, handshakes, Clock.systemUTC());
        this.registry = registry;
        this.identities = identities;
        listener = new Listener(InstanceName.of(pid), pid, shared);
        listener.configure(properties);
        registry.add(listener);
        identities.add(listener);
        listener.reconcile();
        upkeep = workers.every(LOOKS_EVERY, listener::reconcile);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        listener.configure(properties);
    }

    @Deactivate
    void deactivate() {
        upkeep.cancel(false);
        registry.remove(listener);
        identities.remove(listener);
        listener.close();
    }

    @Override
    public List<InvalidSetting> problems() {
        return listener.problems();
    }
}
