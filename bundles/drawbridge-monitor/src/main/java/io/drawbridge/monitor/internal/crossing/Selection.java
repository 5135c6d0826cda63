// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import io.drawbridge.api.model.Address;
import java.util.Locale;

/** Which crossings a filter means. */
final class Selection {
    private Selection() {}

    static boolean holds(Filter filter, Crossing crossing) {
        return filter.reason().map(crossing.reason()::equals).orElse(true)
                && filter.domain()
                        .map(domain -> crossing.sender().domain().equals(domain)
                                || crossing.recipient().domain().equals(domain))
                        .orElse(true)
                && filter.user()
                        .map(user -> contains(crossing.sender(), user) || contains(crossing.recipient(), user))
                        .orElse(true)
                && filter.peer()
                        .map(peer -> contains(crossing.from(), peer) || contains(crossing.to(), peer))
                        .orElse(true);
    }

    private static boolean contains(Address address, String part) {
        return contains(address.toString(), part);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
