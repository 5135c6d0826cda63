// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.configuration.Declared;
import java.util.Optional;

/** A plug-in that may serve. Equal to itself only, whatever the vendor's object says. */
public final class Offer {
    private final Provider provider;
    private final Optional<Gateway> gateway;
    private final ProviderDescription description;
    private final String bundle;
    private final String version;

    Offer(
            Provider provider,
            ProviderDescription description,
            Optional<Gateway> gateway,
            String bundle,
            String version) {
        this.provider = provider;
        this.gateway = gateway;
        this.description = description;
        this.bundle = bundle;
        this.version = version;
    }

    /** Returns the vendor's object. */
    Provider provider() {
        return provider;
    }

    /** Returns where its classes come from. */
    ClassLoader classes() {
        return provider.getClass().getClassLoader();
    }

    /** Returns what is particular to its network's SIP gateway; empty for a network with accounts. */
    Optional<Gateway> gateway() {
        return gateway;
    }

    /** Returns all it says of itself. */
    Declared declared() {
        return new Declared(description, gateway);
    }

    /** Returns what it says of itself. */
    ProviderDescription description() {
        return description;
    }

    /** Returns the symbolic name of its bundle. */
    String bundle() {
        return bundle;
    }

    /** Returns the version of its bundle. */
    String version() {
        return version;
    }
}
