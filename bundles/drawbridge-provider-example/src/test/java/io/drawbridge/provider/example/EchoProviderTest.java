// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.example;

import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.testkit.ProviderContract;

/** The echo network keeps the contract. It has no connection to lose, and refuses nobody. */
final class EchoProviderTest extends ProviderContract {
    @Override
    protected NativeProvider provider() {
        return new EchoProvider();
    }

    @Override
    protected String contact() {
        return "parrot@echo.example";
    }
}
