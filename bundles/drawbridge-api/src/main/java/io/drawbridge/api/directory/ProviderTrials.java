// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * New versions of plug-ins that serve a share of the users beside the old ones, and may be judged by hand. Thread-safe; the
 * verdicts block for a moment.
 */
@ProviderType
public interface ProviderTrials {
    /** Returns every version that is on trial or was taken back, by provider. */
    List<ProviderTrial> trials();

    /**
     * Lets another version serve everybody: the one on trial, or else the one that served before, or else one that was taken
     * back, or else the newest that waits. The one that served comes back by the next call, unless another version comes
     * before. If the one that served is newer, it is taken back with every other newer one, and so not tried again by itself.
     *
     * @return the version; empty if there is none
     */
    Optional<String> promote(String provider);

    /**
     * Ends the trial: the old version serves everybody again.
     *
     * @return the version that was on trial; empty if there is none
     */
    Optional<String> takeBack(String provider);
}
