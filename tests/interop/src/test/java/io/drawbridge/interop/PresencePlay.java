// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import io.drawbridge.testbed.Sipp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Alice of the home, who is watched by contacts of an XMPP domain, and what the appliance knows of such rights. */
record PresencePlay(Contoso contoso) {
    static final String ALICE = Contoso.ALICE + "@" + Contoso.DOMAIN;

    private static final int CALLS = 10_000;
    private static final int PER_SECOND = 50;
    private static final Pattern SUBSCRIBED_AT =
            Pattern.compile("--- (\\S+ \\S+)\\R[^\\r\\n]* received [^\\r\\n]*\\R\\RSUBSCRIBE ");

    /** Alice's client tells everybody who watches her the same. */
    Sipp shown(String basic) {
        return Sipp.answering(
                Contoso.answeringPart("presence-notifier", contoso.home(), Contoso.ALICE, Map.of("basic", basic))
                        .calls(CALLS, PER_SECOND),
                contoso.directory());
    }

    /** Returns when Alice's client was asked what it shows. */
    static Stream<Instant> subscriptions(Sipp alice) {
        return SUBSCRIBED_AT.matcher(alice.messages()).results().map(found -> LocalDateTime.parse(
                        found.group(1).replace(' ', 'T'))
                .atZone(ZoneId.systemDefault())
                .toInstant());
    }

    /** Returns what a contact says to Alice of presence. */
    static String presence(String type, String contact) {
        return "<presence type='" + type + "' from='" + contact + "@chat.example' to='" + ALICE + "'/>";
    }

    /** Returns how many rights are granted. */
    double granted() {
        return contoso.edge().metric("drawbridge_authorizations", "phase=\"granted\"");
    }

    /** Returns whether everything is in the ledger. */
    boolean isWritten() {
        return contoso.edge().metric("drawbridge_ledger_waiting", "") == 0;
    }
}
