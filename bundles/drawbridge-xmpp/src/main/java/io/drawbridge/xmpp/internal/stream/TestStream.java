// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An own stream that carries one ping and nothing else, to tell each step on the way to its answer. */
final class TestStream extends Authenticating {
    /** With the 20 seconds that a connection may take, within what a diagnosis promises. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Journal journal;
    private final String ping;

    TestStream(XmlStream stream, Pair pair, Rules rules, StreamSurroundings around, Journal journal) {
        super(stream, pair, rules, around);
        this.journal = journal;
        this.ping = around.newId();
        stream.loop().schedule(() -> giveUp(Failure.TIMED_OUT), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    void passed(String step, String detail) {
        journal.passed(step, detail);
    }

    @Override
    void authenticated(String way, Trust trust) {
        around().pings().expect(ping, pair(), this::answered);
        stream().say(Markup.ping(pair().own(), pair().partner(), ping));
    }

    private void answered(StreamPeer origin) {
        journal.answered(
                "ping", "the partner answers; its domain is proven " + origin.trust() + " there", origin.trust());
        stream().loop().execute(stream()::close);
    }

    @Override
    void failed(Failure why) {
        around().pings().forget(ping);
        Stage stage = Stage.of(state(), why.reason());
        journal.failed(stage.step, why, stage.remedy(pair()));
    }

    @Override
    public void ended(Failure why) {
        failed(why);
    }

    /** What can fail, and what an administrator can do about it. */
    private enum Stage {
        FEATURES(
                "features",
                "check that the port is one for XMPP servers and that the server there serves PARTNER: its SRV records,"
                        + " or proxyFqdn of the partner"),
        TLS(
                "TLS",
                "compare the TLS versions and cipher suites of both sides; the partner may not trust this appliance's"
                        + " certificate: drawbridge:certificates"),
        CERTIFICATE(
                "certificate",
                "ask the partner for a certificate that names PARTNER, or add its authority to the identity's trust"
                        + " anchors; to do without, let the partner's saslNegotiation be OPTIONAL with"
                        + " supportDialbackNegotiation"),
        EXTERNAL(
                "authentication",
                "compare the partner's negotiation settings with what it offers; ask its administrator to let OWN in and"
                        + " to trust its certificate: drawbridge:certificates"),
        DIALBACK(
                "authentication",
                "the partner asks the servers of OWN whether the key is theirs: its SRV record _xmpp-server._tcp.OWN must"
                        + " lead here, and the partner must be able to connect"),
        PING(
                "ping",
                "the partner answers by a stream of its own: its SRV record _xmpp-server._tcp.OWN must lead here, and the"
                        + " partner must be able to connect; drawbridge:peers shows whether it does");

        private final String step;
        private final String remedy;

        Stage(String step, String remedy) {
            this.step = step;
            this.remedy = remedy;
        }

        static Stage of(State state, Reason reason) {
            return switch (state) {
                case HEADER, FEATURES, SECURING, PROCEED ->
                    switch (reason) {
                        case CERTIFICATE_NOT_TRUSTED -> CERTIFICATE;
                        case PEER_NOT_AUTHORIZED -> EXTERNAL;
                        default -> state == State.SECURING || state == State.PROCEED ? TLS : FEATURES;
                    };
                case AUTHENTICATING -> EXTERNAL;
                case DIALBACK, VERIFYING -> DIALBACK;
                case READY -> PING;
            };
        }

        String remedy(Pair pair) {
            return remedy.replace("OWN", pair.own().value())
                    .replace("PARTNER", pair.partner().value());
        }
    }
}
