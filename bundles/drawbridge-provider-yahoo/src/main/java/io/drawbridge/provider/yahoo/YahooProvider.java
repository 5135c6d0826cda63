// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.yahoo;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import java.net.URI;
import java.time.LocalDate;
import org.osgi.service.component.annotations.Component;

/** Yahoo! Messenger. Its gateway takes text and presence only, and knows people by their Yahoo! IDs in lower case. */
@Component(service = Provider.class)
public final class YahooProvider implements GatewayProvider, AddressAbility {
    private static final ProviderDescription DESCRIPTION = ProviderDescription.of("yahoo", "Yahoo! Messenger")
            .domains("yahoo.com")
            .addressForm("a Yahoo! ID; capitals do not count")
            .capable(Capability.PRESENCE)
            .endOfLife(new EndOfLife(
                    LocalDate.of(2014, 6, 30),
                    "Yahoo! closed its gateway to Lync Server; no other came after it.",
                    URI.create("https://learn.microsoft.com/en-us/previous-versions/office/lync-server-2013/"
                            + "lync-server-2013-support-for-public-instant-messenger-connectivity")))
            .build();
    private static final Gateway GATEWAY = Gateway.at("lcsap.msg.yahoo.com");

    @Override
    public ProviderDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Gateway gateway() {
        return GATEWAY;
    }

    @Override
    public Address toNetwork(Address written) {
        return written.folded();
    }
}
