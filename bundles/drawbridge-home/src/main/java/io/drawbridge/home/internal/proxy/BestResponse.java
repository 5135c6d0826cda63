// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses among the refusals of all branches what the sender is told (RFC 3261 section 16.7 steps 6 and 7). */
final class BestResponse {
    /** Codes that let the sender try again in another way, and so say more than the others of their class. */
    private static final Set<Integer> TELLING = Set.of(401, 407, 415, 420, 484);

    private static final List<String> CHALLENGES = List.of("WWW-Authenticate", "Proxy-Authenticate");
    private final List<SIPResponse> refusals = new ArrayList<>();

    void add(SIPResponse refusal) {
        refusals.add(refusal);
    }

    /** Returns the best one with its text made ready for the sender; empty if no branch answered. */
    Optional<SIPResponse> choose() {
        Optional<SIPResponse> best = refusals.stream().min(Comparator.comparingInt(BestResponse::rank));
        best.ifPresent(this::mergeChallenges);
        return best;
    }

    /** Lower is better: any 6xx, then the lowest class, in it the telling codes, and 503 last of all. */
    static int rank(SIPResponse response) {
        int status = response.getStatusCode();
        int rankOfClass = status >= 600 ? 0 : status / 100;
        int inClass = TELLING.contains(status) ? 0 : 1;
        return rankOfClass * 10 + (status == 503 ? 9 : inClass);
    }

    private void mergeChallenges(SIPResponse best) {
        int status = best.getStatusCode();
        if (status != 401 && status != 407) {
            return;
        }
        SipText text = SipParser.text(best);
        List<SIPResponse> others = new ArrayList<>(refusals);
        others.remove(best);
        for (SIPResponse other : others) {
            if (other.getStatusCode() == 401 || other.getStatusCode() == 407) {
                for (String name : CHALLENGES) {
                    SipParser.text(other)
                            .lines(name)
                            .forEach(line -> text.append(
                                    name,
                                    line.substring(line.indexOf(':') + 1)
                                            .replace("\r\n", " ")
                                            .strip()));
                }
            }
        }
    }
}
