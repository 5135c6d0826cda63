// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import io.drawbridge.api.sip.SipFlow;
import java.util.Locale;
import java.util.Optional;

/**
 * What transactions need of a message that says all it has to say at once: a MESSAGE outside of dialogs, and the answer to
 * one. It is found in the text, since JAIN-SIP's parser costs more than everything else that becomes of such a message.
 *
 * @param key of the transaction
 * @param hasToTag whether To has a tag
 */
record Brief(TransactionKey key, boolean hasToTag) {
    static final String METHOD = "MESSAGE";
    private static final String TAG = ";tag=";
    private static final String BRANCH = ";branch=";

    /** Reads a message; empty if it is another, or one that only a parser understands or refuses. */
    static Optional<Brief> of(SipText text, SipFlow flow) {
        boolean response = text.startLine().startsWith("SIP/");
        if (!response && !text.startLine().startsWith(METHOD + " ")) {
            return Optional.empty();
        }
        String sequence = text.value("CSeq").orElse("");
        int blank = sequence.indexOf(' ');
        String from = text.value("From").orElse("");
        String to = text.value("To").orElse("");
        boolean plain = blank > 0
                && sequence.endsWith(" " + METHOD)
                && isNumber(sequence.substring(0, sequence.length() - METHOD.length() - 1))
                && hasTag(from)
                && (hasTag(to) ? response : !to.toLowerCase(Locale.ROOT).contains("tag"));
        String branch = plain ? branch(text.value("Via").orElse("")) : "";
        if (branch.isEmpty()) {
            return Optional.empty();
        }
        String call = text.value("Call-ID").orElse("") + " " + sequence.substring(0, blank);
        return Optional.of(new Brief(new TransactionKey(flow.id(), branch, METHOD, call), hasTag(to)));
    }

    private static boolean hasTag(String address) {
        return address.indexOf(TAG, Math.max(0, address.lastIndexOf('>'))) >= 0;
    }

    private static boolean isNumber(String digits) {
        boolean number = !digits.isEmpty() && digits.length() < 10;
        for (int i = 0; number && i < digits.length(); i++) {
            number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        return number && (digits.length() == 1 || digits.charAt(0) != '0');
    }

    /** Returns branch and sent-by of the topmost Via, as the key of a parsed message has them; empty if it has none. */
    private static String branch(String via) {
        int blank = via.indexOf(' ');
        int parameters = via.indexOf(';');
        int start = via.indexOf(BRANCH);
        if (blank < 0 || start < 0 || blank > parameters || via.indexOf('"') >= 0) {
            return "";
        }
        int end = start + BRANCH.length();
        while (end < via.length() && ";, \t".indexOf(via.charAt(end)) < 0) {
            end++;
        }
        String sentBy = via.substring(blank + 1, parameters);
        String value = via.substring(start + BRANCH.length(), end);
        boolean plain = !value.isEmpty() && sentBy.indexOf(' ') < 0 && sentBy.indexOf(',') < 0;
        return plain ? (value + "@" + sentBy).toLowerCase(Locale.ROOT) : "";
    }
}
