// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;

/** A plug-in that may serve. Equal to itself only, whatever the vendor's object says. */
public final class Offer {
    private final NativeProvider provider;
    private final ProviderDescription description;
    private final String bundle;
    private final String version;

    Offer(NativeProvider provider, ProviderDescription description, String bundle, String version) {
        this.provider = provider;
        this.description = description;
        this.bundle = bundle;
        this.version = version;
    }

    /** Returns the vendor's object. */
    NativeProvider provider() {
        return provider;
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
