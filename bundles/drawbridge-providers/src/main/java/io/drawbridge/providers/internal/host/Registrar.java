// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import java.util.Map;

/** Offers services to the other bundles. */
@FunctionalInterface
public interface Registrar {
    /**
     * Offers one.
     *
     * @return runs to take it back
     */
    <T> Runnable offer(Class<T> type, T service, Map<String, Object> properties);
}
