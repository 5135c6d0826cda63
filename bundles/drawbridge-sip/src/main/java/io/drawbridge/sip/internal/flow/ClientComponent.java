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
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Serves listeners of protocol {@code sip-client} as long as there is a home to serve. */
@Component(service = ConnectionHandler.class, property = ConnectionHandler.PROTOCOL + "=" + Relay.CLIENT_PROTOCOL)
public final class ClientComponent implements ConnectionHandler {
    private static final long LOOK_EVERY_MILLIS = 10;

    private final SipElement element;
    private final RelaySettingsHolder settings;
    private final Set<ClientFlow> flows = ConcurrentHashMap.newKeySet();

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
        ClientFlow flow = new ClientFlow(connection, element, settings.counters());
        flows.add(flow);
        channel.closeFuture().addListener(closed -> flows.remove(flow));
        channel.pipeline().addLast(new SipFrameDecoder(now.limits()), flow);
    }

    /**
     * Lets clients finish what they began, as long as the relay is given too, then closes their connections: a sender
     * whose message was delivered is told.
     */
    @Deactivate
    void deactivate() throws InterruptedException {
        flows.forEach(ClientFlow::drain);
        long end = System.nanoTime() + settings.settings().drain().toNanos();
        while (System.nanoTime() < end && !flows.stream().allMatch(ClientFlow::isSettled)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        flows.forEach(ClientFlow::close);
    }
}
