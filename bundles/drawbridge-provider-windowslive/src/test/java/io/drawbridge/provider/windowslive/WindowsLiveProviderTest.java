// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.windowslive;

import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.testkit.GatewayContract;

/** The plug-in for Windows Live keeps the contract. */
final class WindowsLiveProviderTest extends GatewayContract {
    @Override
    protected GatewayProvider provider() {
        return new WindowsLiveProvider();
    }
}
