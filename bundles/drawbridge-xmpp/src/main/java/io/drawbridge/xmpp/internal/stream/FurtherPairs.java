// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Further pairs of domains on an own stream, each proved by dialback (XEP-0220 section 2.6, interworking 4.9): other own
 * domains, and other domains of the same partner that its server's certificate names. A pair that the partner's server does
 * not take here gets a stream of its own. Belongs to the stream's event loop.
 */
final class FurtherPairs {
    private static final int MOST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Carrier carrier;
    private final StreamSurroundings around;
    private final Map<Pair, Question> asked = new HashMap<>();
    private final Map<Pair, Trust> taken = new HashMap<>();
    private final Set<Pair> givenUp = new HashSet<>();
    private boolean errors;
    private boolean refused;

    FurtherPairs(Carrier carrier, StreamSurroundings around) {
        this.carrier = carrier;
        this.around = around;
    }

    /** Whether the partner's server says what it does not take, and does not just end the stream. */
    void takesErrors(boolean announced) {
        errors = announced;
    }

    /** Returns how sure the partner's domain is of a pair that is carried here; empty if it is not. */
    Optional<Trust> trust(Pair pair) {
        return Optional.ofNullable(taken.get(pair)).filter(any -> around.serves(pair));
    }

    /**
     * Asks the partner's server to take what waits for a pair on this stream too.
     *
     * @param trust how sure the partner's domain is that the stream was opened for
     * @return false if it need not be asked; nothing happens to the outbox then
     */
    boolean ask(Outbox outbox, Trust trust) {
        Pair pair = outbox.pair();
        Optional<Trust> proven = proven(pair, trust);
        if (refused || proven.isEmpty() || asked.size() + taken.size() >= MOST) {
            return false;
        }
        Future<?> end = carrier.stream().loop().schedule(() -> refused(pair), PATIENCE.toSeconds(), TimeUnit.SECONDS);
        asked.put(pair, new Question(outbox, proven.get(), end));
        String key = around.keys().key(pair.partner().unicode(), pair.own().unicode(), carrier.id());
        carrier.stream().say(Markup.result(pair.own(), pair.partner(), key));
        return true;
    }

    private Optional<Trust> proven(Pair pair, Trust trust) {
        if (pair.partner().equals(carrier.pair().partner())) {
            return Optional.of(trust);
        }
        boolean same = around.partner(pair.partner())
                .map(XmppPartner::domain)
                .equals(around.partner(carrier.pair().partner()).map(XmppPartner::domain));
        return errors && same && carrier.stream().proves(pair.partner()) ? Optional.of(Trust.STRONG) : Optional.empty();
    }

    /** The partner's server answers. */
    void answered(Element result) throws StreamViolation {
        Optional<Pair> pair = Domains.of(result.attribute("to"))
                .flatMap(own -> Domains.of(result.attribute("from")).map(partner -> new Pair(own, partner)))
                .filter(one -> asked.containsKey(one) || givenUp.contains(one));
        if (pair.isEmpty()) {
            throw new StreamViolation(StreamCondition.NOT_AUTHORIZED, "a dialback result nobody waits for");
        }
        if (!result.attribute("type").equals("valid")) {
            refused(pair.get());
            return;
        }
        Question question = asked.remove(pair.get());
        if (question == null) {
            return; // it took too long, and has another stream
        }
        question.end.cancel(false);
        taken.put(pair.get(), question.trust);
        around.counters().negotiated("shared_stream");
        carrier.stream().carry(question.outbox, question.trust);
    }

    private void refused(Pair pair) {
        Question question = asked.remove(pair);
        if (question != null) {
            refused = true;
            givenUp.add(pair);
            question.end.cancel(false);
            question.outbox.standsAlone();
            around.openAnother(question.outbox);
        }
    }

    /** The stream is over; what was still to be answered needs another. */
    void ended() {
        List.copyOf(asked.keySet()).forEach(this::refused);
    }

    private record Question(Outbox outbox, Trust trust, Future<?> end) {}
}
