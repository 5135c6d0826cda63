// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.provider.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps plug-ins that may not start from being resolved, so that none of their code ever runs. */
@Component(
        service = {Admission.class, ConfigurationProblems.class, ConfigurationCheck.class},
        immediate = true,
        configurationPid = AdmissionConfig.PID)
public final class AdmissionComponent
        implements Admission,
                ConfigurationProblems,
                ConfigurationCheck,
                SynchronousBundleListener,
                ResolverHookFactory {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionComponent.class);

    private final BundleContext context;
    private final Path base;
    private final Applicants applicants;
    private final DroppedArchives dropped;
    private final StartOrder order;
    private final ServiceRegistration<ResolverHookFactory> hook;
    /** Until rules could be read, nobody comes in: a file that is missing after a restart must not open the door. */
    private final LastGood<AdmissionConfig, AdmissionRules> configuration = new LastGood<>(
            AdmissionConfig.class, AdmissionConfig.PID, this::read, new AdmissionRules(true, new Signers(Set.of())));

    /** Looks at what is installed, and from now on at what comes. */
    @Activate
    public AdmissionComponent(BundleContext context, Map<String, Object> properties) {
        this.context = context;
        base = Path.of(property("karaf.base", ""));
        OfferedPackages promised = OfferedPackages.of(FrameworkUtil.getBundle(Provider.class));
        applicants = new Applicants(
                new ShippedBundles(
                        Path.of(property("karaf.home", "")).resolve(property("karaf.default.repository", "system"))),
                promised);
        dropped = new DroppedArchives(base.resolve("deploy"), promised, Installed.in(context));
        order = new StartOrder(system().adapt(FrameworkStartLevel.class));
        configuration.configure(properties);
        context.addBundleListener(this);
        for (Bundle bundle : context.getBundles()) {
            judge(bundle);
        }
        hook = context.registerService(ResolverHookFactory.class, this, null);
        refresh(Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.INSTALLED && isRefused(bundle))
                .collect(Collectors.toSet()));
    }

    /** Reads bundles as they come, so that nothing has to be read while they are resolved. */
    @Override
    public void bundleChanged(BundleEvent event) {
        switch (event.getType()) {
            case BundleEvent.INSTALLED, BundleEvent.UPDATED -> judge(event.getBundle());
            case BundleEvent.UNINSTALLED -> applicants.forget(event.getBundle());
            default -> {}
        }
    }

    private void judge(Bundle bundle) {
        applicants.of(bundle).ifPresent(applicant -> rules().refusal(applicant)
                .ifPresentOrElse(
                        why -> LOG.error(
                                "The plug-in {} {} may not start: {}", applicant.name(), applicant.version(), why),
                        () -> order.takeUp(bundle)));
    }

    private Bundle system() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }

    private String property(String name, String fallback) {
        return Optional.ofNullable(context.getProperty(name)).orElse(fallback);
    }

    @Deactivate
    void stop() {
        hook.unregister();
        context.removeBundleListener(this);
    }

    /** Takes other rules, for the plug-ins that run as for those that come. */
    @Modified
    void configure(Map<String, Object> properties) {
        AdmissionRules before = rules();
        configuration.configure(properties);
        Set<Bundle> changed = Arrays.stream(context.getBundles())
                .filter(bundle -> applicants
                        .of(bundle)
                        .filter(found -> before.refusal(found).isPresent()
                                != rules().refusal(found).isPresent())
                        .isPresent())
                .collect(Collectors.toSet());
        changed.forEach(this::judge);
        refresh(changed);
    }

    /** Has bundles resolved anew, so that who is refused stops and who is not any longer starts. */
    private void refresh(Set<Bundle> bundles) {
        if (!bundles.isEmpty()) {
            system().adapt(FrameworkWiring.class).refreshBundles(bundles, refreshed -> bundles.forEach(this::start));
        }
    }

    private void start(Bundle bundle) {
        try {
            BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
            if (level != null && level.isPersistentlyStarted() && !isRefused(bundle)) {
                bundle.start();
            }
        } catch (IllegalStateException | IllegalArgumentException uninstalled) {
            LOG.debug("The plug-in {} was uninstalled meanwhile", bundle.getSymbolicName());
        } catch (BundleException failed) {
            LOG.error("The plug-in {} does not start: {}", bundle.getSymbolicName(), failed.getMessage());
        }
    }

    private AdmissionRules rules() {
        return configuration.settings();
    }

    private AdmissionRules read(AdmissionConfig config) throws InvalidSetting {
        List<Path> files = Arrays.stream(config.signers()).map(base::resolve).toList();
        Signers signers;
        try {
            signers = Signers.read(files);
        } catch (IOException unreadable) {
            throw new InvalidSetting(
                    AdmissionConfig.PID,
                    "signers",
                    String.join(",", config.signers()),
                    "names PEM files with certificates; " + unreadable.getMessage());
        }
        if (config.signatureRequired() && !signers.areNamed()) {
            throw new InvalidSetting(
                    AdmissionConfig.PID, "signatureRequired", "true", "needs signers, whose signatures count");
        }
        return new AdmissionRules(config.signatureRequired(), signers);
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
    public List<Refusal> refused() {
        Stream<Refusal> installed = applicants.all().stream()
                .flatMap(
                        applicant -> rules()
                                .refusal(applicant)
                                .map(why -> new Refusal(applicant.name(), applicant.version(), why))
                                .stream());
        return Stream.concat(installed, dropped.refused().stream()).distinct().toList();
    }

    private boolean isRefused(Bundle bundle) {
        return applicants.of(bundle).flatMap(rules()::refusal).isPresent();
    }

    private boolean isRefused(BundleRevision revision) {
        return isRefused(revision.getBundle());
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        List<Bundle> wanted = triggers.stream()
                .filter(this::isRefused)
                .map(BundleRevision::getBundle)
                .toList();
        if (!wanted.isEmpty()) {
            // Not here: nothing may be changed while bundles are resolved.
            CompletableFuture.runAsync(() -> wanted.forEach(bundle -> order.leaveOut(bundle, this::isRefused)));
        }
        return new Turnstile(this::isRefused, !wanted.isEmpty());
    }
}
