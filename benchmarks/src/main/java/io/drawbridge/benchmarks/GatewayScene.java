// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.load.CrossingProcess.Senders;
import io.drawbridge.testbed.load.LoadTls;

/**
 * Who takes part where protocols meet: an organisation with its next hop as in a {@link Scene}, and an XMPP domain.
 *
 * @param sip the organisation
 * @param edge the certificate of whoever speaks XMPP for the organisation
 * @param chat the certificate of the XMPP domain's server
 */
record GatewayScene(Scene sip, Credential edge, Credential chat) {
    static final String CHAT = "chat.example";
    static final String CHAT_HOST = "xmpp.chat.example";

    /** Enough that hardly ever two messages of one pair of users are under way at once. */
    static final int USERS = 5_000;

    static final Senders FROM_HOME = new Senders(Scene.INSIDE, USERS, "bob@" + CHAT);
    static final Senders FROM_CHAT = new Senders(CHAT, USERS, "ann@" + Scene.INSIDE);

    static GatewayScene of(Scene sip) {
        return new GatewayScene(
                sip,
                sip.authority().issue(Leaf.of(Scene.RELAY_HOST).alsoNamed(Scene.INSIDE)),
                sip.authority().issue(Leaf.of(CHAT_HOST).alsoNamed(CHAT)));
    }

    LoadTls nextHopTls() {
        return LoadTls.of(sip.nextHop(), sip.authority().anchorFile());
    }

    LoadTls chatTls() {
        return LoadTls.of(chat, sip.authority().anchorFile());
    }
}
