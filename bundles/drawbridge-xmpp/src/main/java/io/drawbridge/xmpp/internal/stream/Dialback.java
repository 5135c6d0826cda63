// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import io.drawbridge.xmpp.internal.stream.StreamSurroundings.Verdict;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Dialback on a stream that a partner opened: as receiving and as authoritative server (XEP-0220). */
final class Dialback {
    private static final int MOST_PENDING = 10;

    private final Receiver receiver;
    private final XmlStream stream;
    private final StreamSurroundings around;
    private final Set<Pair> pending = new HashSet<>();

    Dialback(Receiver receiver, XmlStream stream, StreamSurroundings around) {
        this.receiver = receiver;
        this.stream = stream;
        this.around = around;
    }

    int pending() {
        return pending.size();
    }

    /** The peer claims a domain. */
    void result(Element result) throws StreamViolation {
        String from = result.attribute("from");
        String to = result.attribute("to");
        if (!result.attribute("type").isEmpty()) {
            throw new StreamViolation(StreamCondition.NOT_AUTHORIZED, "a dialback result nobody asked for");
        }
        Optional<DomainName> claimed = Domains.of(from);
        if (claimed.isEmpty()) {
            throw new StreamViolation(StreamCondition.IMPROPER_ADDRESSING, "dialback for no domain");
        }
        Optional<DomainName> own = Domains.of(to).filter(around::isOwn);
        Optional<XmppPartner> partner = around.partner(claimed.get());
        if (own.isEmpty()) {
            stream.say(Markup.resultError(to, from, "item-not-found"));
        } else if (partner.filter(known -> new Rules(known).dialback(stream.hasTls()))
                .isEmpty()) {
            around.counters().limited("dialback_not_allowed");
            receiver.refused(Failure.of(
                    Reason.PROOF_TOO_WEAK,
                    "dialback is not enough by the partner's settings: " + doubt(claimed.get())));
            stream.say(Markup.resultError(to, from, "policy-violation"));
        } else if (receiver.isFull() || pending.size() >= MOST_PENDING) {
            around.counters().limited("pairs_per_stream");
            stream.say(Markup.resultError(to, from, "resource-constraint"));
        } else {
            prove(new Pair(own.get(), claimed.get()), result.text().strip());
        }
    }

    private void prove(Pair pair, String key) {
        if (receiver.isProven(pair.partner())) {
            // XEP-0344 section 3: what the certificate proves need not be asked for.
            accept(pair, Trust.STRONG, "dialback_without_asking");
            return;
        }
        pending.add(pair);
        // Always over a connection of its own, never over the one that is to be proved (XEP-0220 section 5).
        around.verify(pair, receiver.id(), key)
                .whenCompleteAsync(
                        (verdict, bug) -> verified(pair, bug == null ? verdict : Verdict.NO_ANSWER), stream.loop());
    }

    private void verified(Pair pair, Verdict verdict) {
        pending.remove(pair);
        switch (verdict) {
            case VALID -> accept(pair, Rules.byDialback(stream.hasTls()), "dialback");
            case INVALID -> refuse(pair);
            case NOT_FOUND, UNREACHABLE, NO_ANSWER -> {
                receiver.refused(Failure.of(
                        Reason.UNREACHABLE,
                        "the partner's server could not be asked whether the dialback key is its own"));
                stream.say(Markup.resultError(own(pair), partner(pair), DialbackErrors.condition(verdict)));
            }
        }
    }

    private void accept(Pair pair, Trust trust, String way) {
        if (receiver.authorize(pair, trust, way)) {
            stream.say(Markup.resultIs(own(pair), partner(pair), "valid"));
            receiver.announced(pair);
        }
    }

    private String doubt(DomainName claimed) {
        return stream.hasTls() ? stream.doubt(claimed) : "the stream has no TLS";
    }

    private void refuse(Pair pair) {
        receiver.refused(Failure.of(
                Reason.PEER_NOT_AUTHORIZED, "the partner's server says that the dialback key is not its own"));
        stream.say(Markup.resultIs(own(pair), partner(pair), "invalid"));
        if (receiver.pairs() == 0) {
            stream.close();
        }
    }

    /** The receiving server of one of our streams asks whether its key is ours. */
    void verify(Element question) throws StreamViolation {
        String from = question.attribute("from");
        String to = question.attribute("to");
        String id = question.attribute("id");
        if (!question.attribute("type").isEmpty() || Domains.of(from).isEmpty()) {
            throw new StreamViolation(StreamCondition.NOT_AUTHORIZED, "a verification nobody asked for");
        }
        boolean ours = Domains.of(to).filter(around::isOwn).isPresent()
                && around.keys().isKey(question.text().strip(), canonical(from), canonical(to), id);
        stream.say(Markup.verifyIs(to, from, id, ours ? "valid" : "invalid"));
    }

    private static String canonical(String domain) {
        return Domains.of(domain).map(DomainName::unicode).orElse(domain);
    }

    private static String own(Pair pair) {
        return pair.own().unicode();
    }

    private static String partner(Pair pair) {
        return pair.partner().unicode();
    }
}
