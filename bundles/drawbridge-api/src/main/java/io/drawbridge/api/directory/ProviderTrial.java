// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.time.Instant;

/**
 * How the trial of a plug-in's new version stands.
 *
 * @param provider the provider's identifier
 * @param version the new version
 * @param state how it stands
 * @param percent the share of own users it serves while it is on trial
 * @param since when it was taken on trial, or back, or seen to have been
 * @param ends when the trial ends at the earliest; what {@code since} is for one taken back without a trial
 * @param served messages it has been given
 * @param errors those among them that it did not bring to their network, accounts that it could not sign in, and refusals of
 *     the network beyond what the version beside it meets
 * @param reason why it was taken back; empty while it is on trial
 */
public record ProviderTrial(
        String provider,
        String version,
        State state,
        int percent,
        Instant since,
        Instant ends,
        long served,
        long errors,
        String reason) {
    /** How a new version can stand beside the one that serves. */
    public enum State {
        /** It serves its share. */
        ON_TRIAL,
        /** It serves nobody, until somebody promotes it or another version comes. */
        TAKEN_BACK
    }
}
