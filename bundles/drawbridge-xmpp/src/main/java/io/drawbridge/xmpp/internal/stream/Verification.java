// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import io.drawbridge.xmpp.internal.stream.StreamSurroundings.Verdict;
import java.util.concurrent.CompletableFuture;

/** An own stream that asks the partner's server whether a key is its own, and nothing else (XEP-0220 section 2.4). */
final class Verification extends Initiator {
    private final String claimedStream;
    private final String key;
    private final CompletableFuture<Verdict> verdict;

    Verification(
            XmlStream stream,
            Pair pair,
            Rules rules,
            String claimedStream,
            String key,
            CompletableFuture<Verdict> verdict) {
        super(stream, pair, rules);
        this.claimedStream = claimedStream;
        this.key = key;
        this.verdict = verdict;
        table().on(State.VERIFYING, Said.VERIFY, this::verified);
    }

    /** What proves the partner is that DNS leads there (XEP-0220 section 1.2). */
    @Override
    boolean acceptsUnproven() {
        return true;
    }

    @Override
    void negotiate(Element features) {
        go(State.VERIFYING);
        stream().say(Markup.verify(pair().own(), pair().partner(), claimedStream, key));
    }

    private void verified(Element answer) throws StreamViolation {
        boolean asked = answer.attribute("id").equals(claimedStream)
                && Domains.of(answer.attribute("from"))
                        .filter(pair().partner()::equals)
                        .isPresent()
                && Domains.of(answer.attribute("to"))
                        .filter(pair().own()::equals)
                        .isPresent();
        if (!asked) {
            throw new StreamViolation(StreamCondition.NOT_AUTHORIZED, "a verification nobody asked for");
        }
        verdict.complete(
                switch (answer.attribute("type")) {
                    case "valid" -> Verdict.VALID;
                    case "invalid" -> Verdict.INVALID;
                    default -> Verdict.NO_ANSWER;
                });
        stream().close();
    }

    @Override
    void failed(Failure why) {
        verdict.complete(verdict(why.reason()));
    }

    /** Returns what it means that the partner's server could not be asked. */
    static Verdict verdict(Reason reason) {
        return switch (reason) {
            case DNS_FAILED, HOST_NOT_FOUND -> Verdict.NOT_FOUND;
            case UNREACHABLE, TLS_FAILED -> Verdict.UNREACHABLE;
            default -> Verdict.NO_ANSWER;
        };
    }

    @Override
    public void ended(Failure why) {
        failed(why);
    }
}
