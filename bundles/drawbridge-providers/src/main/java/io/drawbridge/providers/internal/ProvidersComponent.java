// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderTrials;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.providers.internal.account.LogIns;
import io.drawbridge.providers.internal.admission.Admission;
import io.drawbridge.providers.internal.configuration.AccountConfig;
import io.drawbridge.providers.internal.configuration.ProviderConfig;
import io.drawbridge.providers.internal.diagnosis.ProviderDiagnosis;
import io.drawbridge.providers.internal.host.Directory;
import io.drawbridge.providers.internal.host.Host;
import io.drawbridge.providers.internal.host.Surroundings;
import io.drawbridge.providers.internal.host.Versions;
import io.drawbridge.providers.internal.plugin.Time;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.util.tracker.ServiceTracker;

/** Puts the host into the container. */
@Component(
        service = {},
        immediate = true)
public final class ProvidersComponent implements Surroundings {
    private final BundleContext context;
    private final HostTime time = new HostTime();
    private final Scribe scribe = new Scribe();
    private final RandomGenerator random = new SecureRandom();
    private final Host host;
    private final ServiceTracker<Provider, Provider> plugins;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Inbox inbox;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policy policy;

    /** Starts the host; configuration and plug-ins come a moment later. */
    @Activate
    public ProvidersComponent(BundleContext context, @Reference Admission admission) {
        this.context = context;
        host = new Host(this, this::offer);
        Directory directory = new Directory(host, admission);
        register(ConfigurationProblems.class, host, Map.of());
        register(ConfigurationCheck.class, host, Map.of());
        register(ProviderDirectory.class, directory, Map.of());
        register(ProviderTrials.class, directory, Map.of());
        register(MetricSource.class, directory, Map.of());
        register(
                Diagnosis.class,
                new ProviderDiagnosis(directory, directory, this::policy, time),
                // Asked before SIP, which takes what is nobody else's.
                Map.of(Diagnosis.PROTOCOL, ProviderDiagnosis.PROTOCOL, Constants.SERVICE_RANKING, 1));
        register(NetworkAddresses.class, host.addresses(), Map.of());
        register(ManagedServiceFactory.class, new Instances(host), Map.of(Constants.SERVICE_PID, new String[] {
            ProviderConfig.PID, AccountConfig.PID
        }));
        plugins = new Plugged(context, host);
        plugins.open();
    }

    /** What was begun finishes first. */
    @Deactivate
    void stop() {
        host.close();
        plugins.close();
        registrations.forEach(ServiceRegistration::unregister);
        time.close();
        scribe.close();
    }

    private <T> void register(Class<T> type, T service, Map<String, Object> properties) {
        registrations.add(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }

    private <T> Runnable offer(Class<T> type, T service, Map<String, Object> properties) {
        return context.registerService(type, service, FrameworkUtil.asDictionary(properties))::unregister;
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public LongSupplier nanoTime() {
        return System::nanoTime;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.ofNullable(inbox);
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    @Override
    public LogIns.Store logIns(String provider) {
        return new LogInFile(context.getDataFile("log-ins-" + provider).toPath(), scribe);
    }

    @Override
    public Versions.Store versions(String provider) {
        return new VersionsFile(context.getDataFile("versions-" + provider).toPath(), scribe);
    }

    /** The plug-ins' services. */
    private static final class Plugged extends ServiceTracker<Provider, Provider> {
        private final Host host;

        Plugged(BundleContext context, Host host) {
            super(context, Provider.class, null);
            this.host = host;
        }

        @Override
        public Provider addingService(ServiceReference<Provider> reference) {
            Provider provider = super.addingService(reference);
            if (provider != null) {
                host.come(
                        reference,
                        reference.getBundle().getSymbolicName(),
                        reference.getBundle().getVersion().toString(),
                        provider);
            }
            return provider;
        }

        @Override
        public void removedService(ServiceReference<Provider> reference, Provider provider) {
            host.go(reference);
            super.removedService(reference, provider);
        }
    }

    /**
     * The instances of both factory PIDs.
     *
     * @param host gets what is configured
     */
    private record Instances(Host host) implements ManagedServiceFactory {
        @Override
        public String getName() {
            return "Drawbridge providers";
        }

        @Override
        public void updated(String pid, Dictionary<String, ?> properties) {
            Map<String, Object> copy = new HashMap<>();
            Collections.list(properties.keys()).forEach(key -> copy.put(key, properties.get(key)));
            host.configure(pid, Optional.of(copy));
        }

        @Override
        public void deleted(String pid) {
            host.configure(pid, Optional.empty());
        }
    }
}
