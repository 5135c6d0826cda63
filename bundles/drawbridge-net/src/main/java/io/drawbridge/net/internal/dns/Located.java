// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.policy.Reason;
import java.util.List;

/**
 * What was found on the way from a name to an address.
 *
 * @param <T> servers or addresses
 * @param found in the order to try; empty if nothing was found
 * @param failure why nothing was found; {@link Reason#ALLOWED} if something was
 * @param question what was looked up, empty if nothing had to be
 * @param detail for people: what was found, or why nothing
 */
public record Located<T>(List<T> found, Reason failure, String question, String detail) {
    /** Copies the list. */
    public Located {
        found = List.copyOf(found);
    }

    static <T> Located<T> found(List<T> found, String question, String detail) {
        return new Located<>(found, Reason.ALLOWED, question, detail);
    }

    static <T> Located<T> nothing(Reason failure, String question, String detail) {
        return new Located<>(List.of(), failure, question, detail);
    }
}
