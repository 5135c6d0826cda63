// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.yahoo;

import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.testkit.GatewayContract;

/** The plug-in for Yahoo! keeps the contract. */
final class YahooProviderTest extends GatewayContract {
    @Override
    protected GatewayProvider provider() {
        return new YahooProvider();
    }
}
