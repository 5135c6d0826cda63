// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.RemoteAccess;
import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.core.internal.configuration.ConfigurationTargets;
import io.drawbridge.core.internal.configuration.CoreConfiguration;
import io.drawbridge.core.internal.configuration.InForce;
import io.drawbridge.core.internal.configuration.Inbox;
import io.drawbridge.core.internal.configuration.OfferedProviders;
import io.drawbridge.core.internal.configuration.StoredRulings;
import io.drawbridge.core.internal.policy.PartnersInForce;
import io.drawbridge.core.internal.policy.PolicyInForce;
import io.drawbridge.core.internal.policy.SnapshotDirectory;
import io.drawbridge.core.internal.safeguards.DiscoverySafeguards;
import io.drawbridge.core.internal.safeguards.WatchReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the core together and registers what it offers. */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.policy.Policy'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.policy.Safeguards'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.partner.XmppPartners'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.directory.PolicyDirectory'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.configuration.ConfigurationProblems'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.configuration.ConfigurationCheck'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.metrics.MetricSource'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.policy.RemoteAccess'")
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>='io.drawbridge.api.crossing.CrossingListener'")
public final class Core {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final Logger REPORT = LoggerFactory.getLogger(WatchReport.class);

    private final BundleContext context;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Core::named);
    private final PolicyInForce policy = new PolicyInForce();
    private final DiscoverySafeguards safeguards;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final ConfigurationTargets targets;
    private final OfferedProviders providers;

    /** Starts the core; what is configured comes into force a moment later. */
    @Activate
    public Core(BundleContext context, @Reference ConfigurationAdmin configurations) {
        this.context = context;
        Clock clock = Clock.systemUTC();
        safeguards = new DiscoverySafeguards(clock, new StoredRulings(configurations));
        CoreConfiguration configuration = new CoreConfiguration(this::enforce);
        Inbox inbox = new Inbox(
                clock,
                (delay, task) -> thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS),
                configuration::apply);
        WatchReport report = new WatchReport(clock, safeguards, REPORT::info);
        thread.scheduleWithFixedDelay(() -> guarded(report::writeIfDue), 1, 1, TimeUnit.MINUTES);
        targets = new ConfigurationTargets(context, inbox);
        providers = new OfferedProviders(context, inbox);
        providers.open();
        offer(ConfigurationProblems.class, configuration);
        offer(ConfigurationCheck.class, configuration);
        offer(PolicyDirectory.class, new SnapshotDirectory(policy::snapshot));
        offer(MetricSource.class, new CoreMetrics(policy, safeguards, configuration));
        MonitoredCrossings monitored = new MonitoredCrossings(policy);
        offer(CrossingListener.class, monitored);
        offer(MetricSource.class, monitored);
        offer(RemoteAccess.class, user -> policy.snapshot().admitsFromOutside(user));
        offer(Safeguards.class, safeguards);
        offer(XmppPartners.class, new PartnersInForce(policy));
        offer(Policy.class, policy);
    }

    /** Stops deciding: consumers lose the services first, so that nobody asks a policy that no longer follows. */
    @Deactivate
    void stop() {
        registrations.forEach(ServiceRegistration::unregister);
        targets.close();
        providers.close();
        thread.shutdownNow();
    }

    private void enforce(InForce next) {
        safeguards.replace(next.limits(), next.rulings());
        policy.replace(next.snapshot());
    }

    private <T> void offer(Class<T> type, T service) {
        registrations.add(context.registerService(type, service, null));
    }

    /** Runs a task of the one thread; a bug in one must not end all that come after it. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("The core could not apply its configuration or write its report", bug);
        }
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "drawbridge-core");
        thread.setDaemon(true);
        return thread;
    }
}
