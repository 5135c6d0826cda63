// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.partner.PublicProvider;
import java.util.Map;

/** Lets tests of other packages offer a provider as its host does. */
public final class Offers {
    private Offers() {}

    public static Map<String, Object> of(PublicProvider provider) {
        return PublicProviderEntry.offered(provider);
    }
}
