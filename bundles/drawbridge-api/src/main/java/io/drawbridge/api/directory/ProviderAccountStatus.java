// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * How an account with a public provider stands.
 *
 * @param provider the provider's identifier
 * @param name the account's name
 * @param pid where it is configured: the provider's PID if nothing is written for the account itself
 * @param user the own user it belongs to; empty if it serves all
 * @param status how it stands; empty while its plug-in is not there
 * @param detail a sentence for people, maybe empty
 * @param since since when it stands so
 * @param nextTry when it tries to sign in again, if it rests; about when it has its turn to, if others are before it
 * @param waiting how many messages wait for it
 */
public record ProviderAccountStatus(
        String provider,
        String name,
        String pid,
        Optional<Principal> user,
        Optional<AccountStatus> status,
        String detail,
        Instant since,
        Optional<Instant> nextTry,
        int waiting) {}
