// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import java.util.Optional;

/**
 * What became of a user.
 *
 * @param before as he was; empty if he is new
 * @param after as he is; empty if he was removed
 */
public record UserChange(Optional<User> before, Optional<User> after) {
    /** Returns whether who proved himself before is still the same user with the same password. */
    public boolean keepsProof() {
        return before.isPresent()
                && after.isPresent()
                && before.get().address().equals(after.get().address())
                && before.get().ha1().equals(after.get().ha1());
    }
}
