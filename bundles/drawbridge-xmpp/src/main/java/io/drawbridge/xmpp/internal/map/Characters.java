// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.Principal;
import java.util.List;

/** How many characters there are in what is remembered of partners' and own users, for the bounds on it. */
final class Characters {
    /** What an instance takes beside its text. */
    private static final int INSTANCE = 64;

    private Characters() {}

    static int of(Principal principal) {
        return principal.local().length() + principal.domain().value().length();
    }

    static int of(List<InstancePresence> instances) {
        int count = 0;
        for (InstancePresence presence : instances) {
            count += INSTANCE + presence.instance().length();
            for (Note note : presence.notes()) {
                count += note.language().length() + note.text().length();
            }
        }
        return count;
    }
}
