// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import io.drawbridge.api.sip.SipFlow;
import java.util.Locale;

/**
 * What whoever made a MESSAGE outside of dialogs knows of it, so that nobody need read it again to match its answer.
 *
 * @param via the value of its only Via, as {@link TransactionLayer#via} made it
 * @param callId its Call-ID
 * @param sequence the number in its CSeq
 */
public record Outline(String via, String callId, long sequence) {
    private static final String BRANCH = ";branch=";

    TransactionKey key(SipFlow flow) {
        int blank = via.indexOf(' ');
        int branch = via.indexOf(BRANCH);
        if (blank < 0 || branch < blank) {
            throw new IllegalArgumentException("no Via of the transaction layer");
        }
        String unique = via.substring(branch + BRANCH.length()) + "@" + via.substring(blank + 1, branch);
        return new TransactionKey(flow.id(), unique.toLowerCase(Locale.ROOT), Brief.METHOD, callId + " " + sequence);
    }
}
