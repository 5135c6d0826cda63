// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.sip.SipFlow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Finds the way to the home for what the gateway sends, over the connections the relay uses. Thread-safe. */
public final class HomeWay {
    private final Relay relay;

    /** Finds it as {@code relay} does. */
    public HomeWay(Relay relay) {
        this.relay = relay;
    }

    /**
     * Reaches the home: at once if a connection is open.
     *
     * @param wanted the server of the home that a dialog's route set names, if any
     * @param affinity equal for messages that should share a connection
     * @param outcome gets the way, or null and the reason; on any thread
     */
    public void reach(Optional<HostPort> wanted, int affinity, BiConsumer<SipFlow, Reason> outcome) {
        Optional<EdgeSettings> edge = relay.surroundings().policy().map(Policy::edge);
        if (edge.isEmpty()) {
            outcome.accept(null, Reason.NOT_CONFIGURED);
        } else if (edge.get().nextHop().isEmpty()) {
            Hop home = relay.surroundings().home().orElse(null);
            outcome.accept(home == null ? null : home.flow(), Reason.NO_HOME);
        } else {
            Route route = new Route.Home(edge.get().nextHop());
            relay.dispatcher()
                    .reach(
                            relay.surroundings().connector(),
                            Destinations.of(route, wanted, FederationRecord.NOT_ASKED, edge.get()),
                            affinity,
                            relay.settings().waitingPerDestination(),
                            (hop, reason) -> outcome.accept(hop == null ? null : hop.flow(), reason));
        }
    }

    /** Leaves the server at the other end of {@code flow} aside for a while, as long as there are others. */
    public void avoid(SipFlow flow, Duration howLong) {
        if (flow instanceof HopFlow known && known.hop() instanceof PeerConnection peer) {
            relay.surroundings().connector().avoid(peer.connection(), howLong);
        }
    }

    /** Returns how headers name this edge towards the home. */
    public HostPort announced() {
        return relay.homeName();
    }
}
