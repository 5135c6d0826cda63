// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.ProviderDescription;

/** A plug-in that serves, from when it starts to when it leaves. Equal to itself only. */
public final class Plugin {
    private final NativeProvider provider;
    private final ProviderDescription description;
    private final PluginThreads threads;
    private final Conduct conduct;

    /**
     * Takes its parts.
     *
     * @param provider the vendor's object
     * @param description what it said of itself
     * @param threads where its code runs
     * @param conduct how it behaves
     */
    public Plugin(NativeProvider provider, ProviderDescription description, PluginThreads threads, Conduct conduct) {
        this.provider = provider;
        this.description = description;
        this.threads = threads;
        this.conduct = conduct;
    }

    /** Returns the vendor's object. */
    public NativeProvider provider() {
        return provider;
    }

    /** Returns what it said of itself. */
    public ProviderDescription description() {
        return description;
    }

    /** Returns where its code runs. */
    public PluginThreads threads() {
        return threads;
    }

    /** Returns how it behaves. */
    public Conduct conduct() {
        return conduct;
    }
}
