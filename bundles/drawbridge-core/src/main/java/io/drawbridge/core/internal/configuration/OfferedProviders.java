// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.partner.PublicProvider;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** The public providers that their host offers, taken as if they were configured here. */
public final class OfferedProviders extends ServiceTracker<PublicProvider, PublicProvider> {
    private final Inbox inbox;

    /**
     * Tracks nothing until it is opened.
     *
     * @param inbox gets what comes and goes
     */
    public OfferedProviders(BundleContext context, Inbox inbox) {
        super(context, PublicProvider.class, null);
        this.inbox = inbox;
    }

    @Override
    public PublicProvider addingService(ServiceReference<PublicProvider> reference) {
        PublicProvider provider = super.addingService(reference);
        if (provider != null) { // It may have gone in between.
            inbox.offer(provider.pid(), Optional.of(PublicProviderEntry.offered(provider)));
        }
        return provider;
    }

    @Override
    public void removedService(ServiceReference<PublicProvider> reference, PublicProvider provider) {
        super.removedService(reference, provider);
        // Its successor may have come before it went; then that one stays.
        inbox.offer(
                provider.pid(),
                getTracked().values().stream()
                        .filter(other -> other.pid().equals(provider.pid()))
                        .findFirst()
                        .map(PublicProviderEntry::offered));
    }
}
