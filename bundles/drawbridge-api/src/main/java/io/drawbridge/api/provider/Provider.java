// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A public IM network. A vendor's bundle registers one object under this type, which is one of two kinds besides: a
 * {@link NativeProvider}, whose protocol the plug-in speaks itself, or a {@link GatewayProvider}, whose network speaks SIP.
 *
 * <p>To register it promises nothing: the administrator enables a provider by {@code io.drawbridge.provider~ID}.
 */
@ConsumerType
public interface Provider {
    /**
     * Returns what the network is and can do. Called once when the service appears, on a thread of the provider's own; may
     * not block, answers within a second, does no I/O, and what it answers is constant for the life of the service. If it
     * throws, answers nothing or takes longer, the plug-in serves nobody; log, health and {@code drawbridge:providers} say
     * why.
     */
    ProviderDescription description();
}
