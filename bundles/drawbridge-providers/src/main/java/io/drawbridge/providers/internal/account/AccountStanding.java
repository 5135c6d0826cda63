// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * How an account stands.
 *
 * @param pid where it is configured
 * @param settings what it is configured with
 * @param status how it stands; empty without a plug-in
 * @param detail a sentence for people, maybe empty
 * @param since since when it stands so
 * @param failing whether it lost its network, or failed to sign in, and has not been signed in since
 * @param nextTry when it tries to sign in again, if it rests; about when it has its turn to, if others are before it
 * @param waiting how many messages wait
 */
public record AccountStanding(
        String pid,
        AccountSettings settings,
        Optional<AccountStatus> status,
        String detail,
        Instant since,
        boolean failing,
        Optional<Instant> nextTry,
        int waiting) {
    /** Returns this with another word for how it stands. */
    public AccountStanding standing(AccountStatus word, String explanation) {
        return new AccountStanding(pid, settings, Optional.of(word), explanation, since, failing, nextTry, waiting);
    }
}
