// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The services of the appliance as they are while one command runs. Asked for by the command instead of injected, so
 * that every command is always there and can say what is not running.
 */
public final class Services implements AutoCloseable {
    private final BundleContext context;
    private final List<ServiceReference<?>> taken = new ArrayList<>();

    /** Takes services through the bundle's context. */
    public Services(BundleContext context) {
        this.context = context;
    }

    /** Returns the service, if there is one. */
    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(context.getServiceReference(type)).flatMap(this::take);
    }

    /**
     * Returns the service.
     *
     * @param what what offers it, for people
     * @throws CommandException if there is none; names what is not running
     */
    public <T> T need(Class<T> type, String what) throws CommandException {
        return find(type)
                .orElseThrow(() -> new CommandException(
                        what + " is not running. See drawbridge:status, and bundle:list for a bundle that failed."));
    }

    /** Returns all services of a type. */
    public <T> List<T> all(Class<T> type) {
        return all(type, null);
    }

    /** Returns all services of a type that meet a filter (RFC 1960), the highest ranking first; null means all. */
    public <T> List<T> all(Class<T> type, String filter) {
        try {
            Collection<ServiceReference<T>> references = context.getServiceReferences(type, filter);
            return references.stream()
                    .sorted(Comparator.reverseOrder())
                    .flatMap(reference -> take(reference).stream())
                    .toList();
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalArgumentException(filter, wrong);
        }
    }

    /** Returns a framework property, such as {@code karaf.etc}. */
    public Optional<String> property(String name) {
        return Optional.ofNullable(context.getProperty(name));
    }

    @Override
    public void close() {
        taken.forEach(context::ungetService);
    }

    private <T> Optional<T> take(ServiceReference<T> reference) {
        T service = context.getService(reference);
        if (service != null) {
            taken.add(reference);
        }
        return Optional.ofNullable(service);
    }
}
