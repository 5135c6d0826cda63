// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal;

import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.xmpp.internal.stream.Gateway;
import io.drawbridge.xmpp.internal.stream.StanzaReceiver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Streams with TLS from the first octet (XEP-0368). */
@Component(property = ConnectionHandler.PROTOCOL + "=" + Gateway.DIRECT_TLS)
public final class DirectTlsListener implements ConnectionHandler {
    private final XmppComponent streams;

    /** Hands what comes to the streams, as long as somebody takes their stanzas. */
    @Activate
    public DirectTlsListener(@Reference XmppComponent streams, @Reference StanzaReceiver receiver) {
        this.streams = streams;
    }

    @Override
    public void opened(Connection connection) {
        streams.opened(connection);
    }
}
