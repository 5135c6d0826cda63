// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.Via;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The branches this edge writes: {@code z9hG4bK}, 16 hexadecimal digits that name the transaction, a dot, and 8 that
 * sum up what routing depended on, by which a loop is told from a spiral (RFC 5393 section 4.2.1).
 */
final class Branch {
    private static final int ID_DIGITS = 16;
    private static final int HASH_DIGITS = 8;
    private static final int ID_START = Via.MAGIC_COOKIE.length();
    private static final int HASH_START = ID_START + ID_DIGITS + 1;
    private static final int LENGTH = HASH_START + HASH_DIGITS;

    /** Keeps peers from making two different requests look alike. */
    private static final int SALT = ThreadLocalRandom.current().nextInt();

    private Branch() {}

    static String of(long id, int hash) {
        StringBuilder branch = new StringBuilder(LENGTH).append(Via.MAGIC_COOKIE);
        append(branch, id, ID_DIGITS);
        branch.append('.');
        append(branch, hash, HASH_DIGITS);
        return branch.toString();
    }

    private static void append(StringBuilder target, long number, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            target.append(Character.forDigit((int) (number >>> shift) & 0xf, 16));
        }
    }

    /** Returns the transaction a branch of ours names, 0 for any other branch. */
    static long id(String branch) {
        if (branch.length() != LENGTH || branch.charAt(HASH_START - 1) != '.') {
            return 0;
        }
        return number(branch, ID_START, HASH_START - 1);
    }

    /** Returns whether a branch ends in this hash. */
    static boolean hasHash(String branch, int hash) {
        return branch.length() == LENGTH && (int) number(branch, HASH_START, LENGTH) == hash;
    }

    private static long number(String branch, int start, int end) {
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(branch.charAt(i), 16);
            if (digit < 0) {
                return 0;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    /**
     * Sums up what decides where a request goes: Request-URI, Route values, and who sent it. The method is left out, so
     * that CANCEL and ACK keep the branch.
     */
    static int hash(SipRequest request, Iterable<Octets> routes, String source) {
        int hash = SALT;
        hash = 31 * hash + request.requestUri().raw().hashCode();
        for (Octets route : routes) {
            hash = 31 * hash + route.hashCode();
        }
        hash = 31 * hash + source.hashCode();
        // Spread, because neighbouring inputs give neighbouring sums.
        hash ^= hash >>> 16;
        hash *= 0x7feb352d;
        return hash ^ hash >>> 15;
    }

    /**
     * Returns under which name a request's transaction is found again, also by its ACK or CANCEL. Begins with who sent
     * it: a branch is the sender's choice, and nobody may occupy another's (RFC 3261 section 17.2.3, which asks for the
     * sent-by, knows no proof of who a peer is). Parallel connections of one peer are one peer.
     */
    static String serverKey(SipMessage message, Optional<PeerIdentity> peer) {
        String sender = peer.isPresent() ? peer.get().fingerprint() : "";
        Via via = message.topVia();
        if (via.hasMagicCookie()) {
            return sender.concat(via.branch());
        }
        // RFC 2543: no branch that can be relied upon (RFC 3261 section 17.2.3).
        return sender
                + message.callId()
                + '\n'
                + message.cSeq().number()
                + '\n'
                + message.from().tag();
    }
}
