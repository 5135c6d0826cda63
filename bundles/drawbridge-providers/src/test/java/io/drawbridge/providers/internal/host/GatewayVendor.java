// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.plugin.Uninterrupted;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A network with a SIP gateway that knows people by screen names in lower case and without spaces. */
class GatewayVendor implements GatewayProvider, AddressAbility {
    final AtomicInteger asked = new AtomicInteger();
    private final ProviderDescription description;
    private final Gateway gateway;

    GatewayVendor(ProviderDescription description, Gateway gateway) {
        this.description = description;
        this.gateway = gateway;
    }

    static ProviderDescription.Builder network() {
        return ProviderDescription.of("screen", "Screen Names").domains("screen.example");
    }

    @Override
    public ProviderDescription description() {
        return description;
    }

    @Override
    public Gateway gateway() {
        return gateway;
    }

    @Override
    public Address toNetwork(Address written) throws AddressRefused {
        asked.incrementAndGet();
        if (Character.isDigit(written.user().charAt(0))) {
            throw new AddressRefused("a screen name begins with a letter");
        }
        return new Address(written.user().toLowerCase(Locale.ROOT).replace(" ", ""), written.domain());
    }

    /** One whose code blocks until it is let go, and does not mind being interrupted. */
    static class Blocking extends GatewayVendor {
        final CountDownLatch go = new CountDownLatch(1);
        final AtomicInteger blocked = new AtomicInteger();

        Blocking(ProviderDescription description, Gateway gateway) {
            super(description, gateway);
        }

        @Override
        public Address toNetwork(Address written) throws AddressRefused {
            blocked.incrementAndGet();
            Uninterrupted.await(go);
            return super.toNetwork(written);
        }
    }
}
