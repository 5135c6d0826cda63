// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import java.util.List;
import java.util.Optional;

/**
 * One PID as it was read.
 *
 * @param entry what it says; of a flawed list what is right of it; empty if nothing of it can be used
 * @param flaws what is wrong with it by itself
 * @param unknownKeys keys without effect; they do no harm
 * @param remarks what is allowed and yet unwise
 */
record Reading(
        Optional<Entry> entry,
        List<InvalidSetting> flaws,
        List<InvalidSetting> unknownKeys,
        List<InvalidSetting> remarks) {
    Reading {
        flaws = List.copyOf(flaws);
        unknownKeys = List.copyOf(unknownKeys);
        remarks = List.copyOf(remarks);
    }

    Reading(Optional<Entry> entry, List<InvalidSetting> flaws, List<InvalidSetting> unknownKeys) {
        this(entry, flaws, unknownKeys, List.of());
    }

    /** A PID of which nothing can be used. */
    static Reading unusable(InvalidSetting flaw) {
        return new Reading(Optional.empty(), flaw.all(), List.of());
    }
}
