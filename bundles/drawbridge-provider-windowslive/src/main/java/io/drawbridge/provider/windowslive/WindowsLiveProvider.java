// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.windowslive;

import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import java.net.URI;
import java.time.LocalDate;
import org.osgi.service.component.annotations.Component;

/**
 * Windows Live Messenger, whose users moved to Skype. Its gateway carries calls too, and names people whose account is at
 * a domain of somebody else by decorated addresses.
 */
@Component(service = Provider.class)
public final class WindowsLiveProvider implements GatewayProvider {
    private static final String DOMAINS =
            """
        br.live.com hotmail.co.il hotmail.co.jp hotmail.co.th hotmail.co.uk hotmail.com
        hotmail.com.ar hotmail.com.tr hotmail.de hotmail.es hotmail.fr hotmail.it live.at live.be
        live.ca live.cl live.cn live.co.in live.co.kr live.co.uk live.co.za live.com live.com.ar
        live.com.au live.com.co live.com.mx live.com.my live.com.pe live.com.ph live.com.pk
        live.com.pt live.com.sg live.com.ve live.de live.dk live.fr live.hk live.ie live.in live.it
        live.jp live.nl live.no live.ph live.ru live.se livemail.com.br livemail.tw
        messengeruser.com msn.com outlook.com passport.com sympatico.ca tw.live.com webtv.net
        windowslive.com windowslive.es
        """;
    private static final ProviderDescription DESCRIPTION = ProviderDescription.of(
                    "windowslive", "Windows Live Messenger")
            .domains(DOMAINS.strip().split("\\s+"))
            .addressForm(
                    "the address of a Microsoft account; user(domain)@msn.com if it is at a domain of somebody else")
            .capable(Capability.PRESENCE, Capability.TYPING, Capability.AUDIO, Capability.VIDEO)
            .endOfLife(new EndOfLife(
                    LocalDate.of(2013, 3, 15),
                    "Messenger ended outside mainland China; its users were moved to Skype in April 2013.",
                    URI.create("https://learn.microsoft.com/en-us/previous-versions/office/lync-server-2013/"
                            + "lync-server-2013-support-for-public-instant-messenger-connectivity")))
            .build();
    private static final Gateway GATEWAY = Gateway.at("federation.messenger.msn.com")
            .decorating(Decoration.at("msn.com", "outlook.com", "live.com", "hotmail.com"));

    @Override
    public ProviderDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Gateway gateway() {
        return GATEWAY;
    }
}
