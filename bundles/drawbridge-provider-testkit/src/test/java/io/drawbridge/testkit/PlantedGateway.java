// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.ProviderDescription;
import java.nio.file.Path;

/** What a vendor of a network with a gateway writes; run by {@link GatewayContractsTest} only. */
final class PlantedGateway extends GatewayContract {
    /** A provider with the fault that a test has planted; sound if it has planted none. */
    private static final class ScreenProvider implements GatewayProvider, AddressAbility {
        private final GatewayFault.Plan plan = GatewayFault.valueOf(
                        System.getProperty(LineProvider.FAULT, GatewayFault.NONE.name()))
                .plan();

        @Override
        public ProviderDescription description() {
            return plan.description().get();
        }

        @Override
        public Gateway gateway() {
            return plan.gateway().get();
        }

        @Override
        public Address toNetwork(Address written) throws AddressRefused {
            return plan.addresses().toNetwork(written);
        }
    }

    @Override
    protected GatewayProvider provider() {
        return new ScreenProvider();
    }

    @Override
    protected Path bundle() {
        return Path.of(System.getProperty(ContractsTest.BUNDLE));
    }
}
