// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.ListenerStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The running appliance: configured through Config Admin, asked through its services. Puts back what a test changed. */
final class Edge implements AutoCloseable {
    static final String IDENTITY = "io.drawbridge.net.identity";
    static final String LISTENER = "io.drawbridge.net.listener";
    static final String ALLOWED = "io.drawbridge.federation.allowed";

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final Deque<Undo> changes = new ArrayDeque<>();

    Edge(BundleContext context) {
        this.context = context;
        this.admin = service(ConfigurationAdmin.class);
    }

    /** Takes back one change. */
    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    /** Returns a service that is there as long as the test runs. */
    <T> T service(Class<T> type) {
        ServiceReference<T> reference = context.getServiceReference(type);
        if (reference == null) {
            throw new AssertionError("there is no service " + type.getName());
        }
        return context.getService(reference);
    }

    Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no bundle " + name));
    }

    /** Sets values of a PID; its other values stay. */
    void set(String pid, Map<String, ?> values) throws IOException {
        change(admin.getConfiguration(pid, "?"), values);
    }

    /** Sets values of a factory's instance, which is created if need be. */
    void set(String factoryPid, String name, Map<String, ?> values) throws IOException {
        change(instance(factoryPid, name), values);
    }

    void delete(String factoryPid, String name) throws IOException {
        instance(factoryPid, name).delete();
    }

    /**
     * File Install asks for a changed configuration by its PID; if it was deleted meanwhile, that leaves an empty one of
     * no factory, which no reader would ever be told of.
     */
    private Configuration instance(String factoryPid, String name) throws IOException {
        Configuration instance = admin.getFactoryConfiguration(factoryPid, name, "?");
        if (instance.getFactoryPid() == null) {
            instance.delete();
            return admin.getFactoryConfiguration(factoryPid, name, "?");
        }
        return instance;
    }

    private void change(Configuration configuration, Map<String, ?> values) throws IOException {
        Dictionary<String, Object> before = configuration.getProperties();
        Map<String, Object> after = new HashMap<>();
        if (before != null) {
            after.putAll(FrameworkUtil.asMap(before));
        }
        after.putAll(values);
        String pid = configuration.getPid();
        configuration.update(FrameworkUtil.asDictionary(after));
        changes.push(() -> {
            if (before != null) {
                admin.getConfiguration(pid, "?").update(before);
            } else if (isConfigured(pid)) {
                admin.getConfiguration(pid, "?").delete();
            }
        });
    }

    private boolean isConfigured(String pid) throws IOException {
        try {
            return admin.listConfigurations("(service.pid=" + pid + ")") != null;
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalArgumentException(pid, wrong);
        }
    }

    /** Returns what is said of a listener, which is configured. */
    ListenerStatus listener(String name) throws Exception {
        Eventually.await("listener " + name + " to be known", () -> find(name).size() == 1);
        return find(name).get(0);
    }

    private List<ListenerStatus> find(String name) {
        return service(ListenerDirectory.class).listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .toList();
    }

    /** Returns whether a listener is known and accepts connections. */
    boolean isOpen(String name) {
        return find(name).stream().anyMatch(ListenerStatus::open);
    }

    /** Returns the port of a listener as soon as it is open. */
    int awaitOpen(String name) throws Exception {
        Eventually.await("listener " + name + " to open, " + find(name), () -> isOpen(name));
        String address = listener(name).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    void awaitClosed(String name) throws Exception {
        Eventually.await("listener " + name + " to close", () -> !isOpen(name));
    }

    /** Returns what stands refused in Config Admin under a PID. */
    List<InvalidSetting> problems(String pid) throws InvalidSyntaxException {
        List<InvalidSetting> found = new ArrayList<>();
        for (ServiceReference<ConfigurationProblems> reference :
                context.getServiceReferences(ConfigurationProblems.class, null)) {
            context.getService(reference).problems().stream()
                    .filter(problem -> problem.pid().equals(pid))
                    .forEach(found::add);
            context.ungetService(reference);
        }
        return found;
    }

    /** Returns the one thing that is refused under a PID, as soon as it is. */
    InvalidSetting awaitProblem(String pid) throws Exception {
        Eventually.await("a problem of " + pid, () -> problems(pid).size() == 1);
        return problems(pid).get(0);
    }

    @Override
    public void close() throws IOException {
        while (!changes.isEmpty()) {
            changes.pop().run();
        }
    }
}
