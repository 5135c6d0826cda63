// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.flow;

import io.drawbridge.api.sip.SipElement;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.sip.internal.codec.SipFrameDecoder;
import io.drawbridge.sip.internal.relay.Relay;
import io.drawbridge.sip.internal.relay.RelaySettings;
import io.drawbridge.sip.internal.relay.RelaySettingsHolder;
import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Serves listeners of protocol {@code sip-client} as long as there is a home to serve. */
@Component(service = ConnectionHandler.class, property = ConnectionHandler.PROTOCOL + "=" + Relay.CLIENT_PROTOCOL)
public final class ClientComponent implements ConnectionHandler {
    private final SipElement element;
    private final RelaySettingsHolder settings;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    /** Begins with the home that is there; another home is another component. */
    @Activate
    public ClientComponent(
            @Reference(policyOption = ReferencePolicyOption.GREEDY) SipElement element,
            @Reference RelaySettingsHolder settings) {
        this.element = element;
        this.settings = settings;
    }

    @Override
    public void opened(Connection connection) {
        Channel channel = connection.channel();
        RelaySettings now = settings.settings();
        channels.add(channel);
        channel.closeFuture().addListener(closed -> channels.remove(channel));
        channel.pipeline().addLast(new SipFrameDecoder(now.limits()), new ClientFlow(connection, element));
    }

    @Deactivate
    void deactivate() {
        channels.forEach(Channel::close);
    }
}
