// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.core.internal.configuration.CoreConfiguration;
import io.drawbridge.core.internal.configuration.InForce;
import io.drawbridge.core.internal.configuration.Offers;
import io.drawbridge.core.internal.policy.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An edge that is configured as Config Admin would, one burst of changes after another. */
public final class Configured {
    public static final String EDGE = "io.drawbridge.edge";
    public static final String ALLOWED = "io.drawbridge.federation.allowed~";
    public static final String BLOCKED = "io.drawbridge.federation.blocked~";
    public static final String HOSTING = "io.drawbridge.federation.hosting~";
    public static final String ACCESS = "io.drawbridge.policy.access~";
    public static final String XMPP = "io.drawbridge.xmpp.partner~";
    public static final String RULING = "io.drawbridge.federation.ruling~";

    private final AtomicReference<InForce> inForce = new AtomicReference<>(InForce.NOTHING);
    private final CoreConfiguration configuration = new CoreConfiguration(inForce::set);

    /** Contoso: own domain {@code contoso.example}, federation on, everybody enabled for it. */
    public static Configured contoso() {
        return new Configured()
                .set(
                        EDGE,
                        "sipDomains",
                        "contoso.example",
                        "allowFederatedUsers",
                        "true",
                        "nextHop",
                        "home.contoso.example")
                .set(ACCESS + "global", "enableFederationAccess", "true");
    }

    /** Contoso with other settings of the edge besides. */
    public static Configured contosoWith(String... more) {
        Map<String, Object> edge = new HashMap<>(properties(
                "sipDomains", "contoso.example", "allowFederatedUsers", "true", "nextHop", "home.contoso.example"));
        edge.putAll(properties(more));
        return contoso().apply(Map.of(EDGE, Optional.of(edge)));
    }

    /** Sets the properties of a PID, which come as key, value, key, value. */
    public Configured set(String pid, String... properties) {
        return apply(Map.of(pid, Optional.of(properties(properties))));
    }

    /** Lets a host offer a public provider. */
    public Configured offering(PublicProvider provider) {
        return apply(Map.of(provider.pid(), Optional.of(Offers.of(provider))));
    }

    /** Deletes a PID. */
    public Configured delete(String pid) {
        return apply(Map.of(pid, Optional.empty()));
    }

    /** Applies a burst. */
    public Configured apply(Map<String, Optional<Map<String, Object>>> changes) {
        configuration.apply(changes);
        return this;
    }

    public Snapshot snapshot() {
        return inForce.get().snapshot();
    }

    public InForce inForce() {
        return inForce.get();
    }

    public List<InvalidSetting> problems() {
        return configuration.problems();
    }

    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }

    public static Map<String, Object> properties(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
