// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.home.Consents;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the consents of each ledger that is opened, from then on. */
@Component(
        service = {},
        immediate = true)
public final class ConsentsComponent {
    private final AtomicReference<ServiceRegistration<?>> offered = new AtomicReference<>();
    private volatile boolean closed;

    /** Waits for the ledger to be opened. */
    @Activate
    public ConsentsComponent(@Reference Ledger ledger, BundleContext context) {
        ledger.onOpened(content -> offer(context, new RememberedConsents(ledger, content)));
    }

    private void offer(BundleContext context, Consents consents) {
        if (closed) {
            return;
        }
        replace(context.registerService(Consents.class, consents, null));
        if (closed) {
            replace(null);
        }
    }

    /** The new service comes before the old one goes, so that whoever asks it always has one. */
    private void replace(ServiceRegistration<?> next) {
        ServiceRegistration<?> before = offered.getAndSet(next);
        if (before != null) {
            before.unregister();
        }
    }

    @Deactivate
    void close() {
        closed = true;
        replace(null);
    }
}
