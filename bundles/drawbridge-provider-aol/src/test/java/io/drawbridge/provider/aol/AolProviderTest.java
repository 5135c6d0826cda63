// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.aol;

import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.testkit.GatewayContract;

/** The plug-in for AOL keeps the contract. */
final class AolProviderTest extends GatewayContract {
    @Override
    protected GatewayProvider provider() {
        return new AolProvider();
    }
}
