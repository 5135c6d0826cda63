// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.aol;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.TlsDemands;
import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/**
 * AOL Instant Messenger. Its gateway wants a certificate with the client purpose, liked one cipher suite best, and knows
 * people by their screen names in lower case without spaces.
 */
@Component(service = Provider.class)
public final class AolProvider implements GatewayProvider, AddressAbility {
    private static final ProviderDescription DESCRIPTION = ProviderDescription.of("aol", "AOL Instant Messenger")
            .domains("aol.com", "aim.com", "icq.com", "love.com", "mac.com")
            .addressForm("a screen name; capitals and spaces do not count")
            .capable(Capability.PRESENCE, Capability.TYPING)
            .endOfLife(new EndOfLife(
                    LocalDate.of(2014, 6, 30),
                    "AOL closed its gateway to Lync Server; no other came after it.",
                    URI.create("https://learn.microsoft.com/en-us/previous-versions/office/lync-server-2013/"
                            + "lync-server-2013-support-for-public-instant-messenger-connectivity")))
            .build();
    private static final Gateway GATEWAY =
            Gateway.at("sip.oscar.aol.com").demanding(TlsDemands.clientPurpose("TLS_RSA_WITH_RC4_128_MD5"));

    @Override
    public ProviderDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Gateway gateway() {
        return GATEWAY;
    }

    @Override
    public Address toNetwork(Address written) throws AddressRefused {
        String name = written.user().replace(" ", "").toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw new AddressRefused("a screen name is more than spaces");
        }
        return new Address(name, written.domain());
    }
}
