// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
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

/** One configured identity. */
@Component(
        service = {OwnIdentity.class, ConfigurationProblems.class},
        // Its last good state, and the word on what is wrong with it, must not depend on somebody using it.
        immediate = true,
        configurationPid = IdentityComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = IdentityConfig.class, factory = true)
public final class IdentityComponent implements OwnIdentity, ConfigurationProblems {
    static final String PID = "io.drawbridge.net.identity";
    private static final Duration LOOKS_EVERY = Duration.ofMillis(500);

    private final WatchedIdentity identity;
    private final ScheduledFuture<?> upkeep;

    /** Reads the files that the settings name, and begins to watch them. */
    @Activate
    public IdentityComponent(
            @Reference Workers workers, @Reference RevocationNews news, Map<String, Object> properties) {
        String pid = InstanceName.pid(properties, PID);
        identity = new WatchedIdentity(InstanceName.of(pid), pid, Clock.systemUTC(), workers.handshakes(), news);
        identity.configure(properties);
        identity.refresh();
        upkeep = workers.every(LOOKS_EVERY, identity::refresh);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        identity.configure(properties);
    }

    @Deactivate
    void deactivate() {
        upkeep.cancel(false);
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public IdentityState state() {
        return identity.state();
    }

    @Override
    public List<InvalidSetting> problems() {
        return state().problems();
    }
}
