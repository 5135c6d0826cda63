// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Where Config Admin delivers. Two services take every PID of the core: a component for each domain would make a long
 * list of domains expensive.
 */
public final class ConfigurationTargets implements AutoCloseable {
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /**
     * Registers the targets.
     *
     * @param inbox gets what is delivered
     */
    public ConfigurationTargets(BundleContext context, Inbox inbox) {
        ManagedService single = properties ->
                inbox.offer(EdgeEntry.PID, Optional.ofNullable(properties).map(ConfigurationTargets::copy));
        registrations.add(context.registerService(
                ManagedService.class,
                single,
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, EdgeEntry.PID))));
        String[] factoryPids = Arrays.stream(Kind.values())
                .filter(kind -> kind.factory() && kind.isConfigured())
                .map(Kind::pid)
                .toArray(String[]::new);
        registrations.add(context.registerService(
                ManagedServiceFactory.class,
                new Instances(inbox),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, factoryPids))));
    }

    @Override
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    private static Map<String, Object> copy(Dictionary<String, ?> properties) {
        Map<String, Object> copy = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> copy.put(key, properties.get(key)));
        return copy;
    }

    /**
     * The instances of every factory PID.
     *
     * @param inbox gets what is delivered
     */
    private record Instances(Inbox inbox) implements ManagedServiceFactory {
        @Override
        public String getName() {
            return "Drawbridge core";
        }

        @Override
        public void updated(String pid, Dictionary<String, ?> properties) {
            inbox.offer(pid, Optional.of(copy(properties)));
        }

        @Override
        public void deleted(String pid) {
            inbox.offer(pid, Optional.empty());
        }
    }
}
