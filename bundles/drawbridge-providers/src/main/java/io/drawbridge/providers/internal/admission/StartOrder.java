// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * When bundles are started. The container starts with every feature that is installed whatever is not running yet, and takes
 * its refusal for a failure of that feature; so who is refused gets a start level that is never reached.
 *
 * @param framework says at which level bundles are started that say nothing
 */
record StartOrder(FrameworkStartLevel framework) {
    private static final int NEVER = Integer.MAX_VALUE;

    /** Leaves one out; for one that is uninstalled meanwhile nothing happens. */
    void leaveOut(Bundle bundle) {
        level(bundle).filter(start -> start.getStartLevel() != NEVER).ifPresent(start -> start.setStartLevel(NEVER));
    }

    /** Lets one that was left out come in its turn again. */
    void takeUp(Bundle bundle) {
        level(bundle)
                .filter(start -> start.getStartLevel() == NEVER)
                .ifPresent(start -> start.setStartLevel(framework.getInitialBundleStartLevel()));
    }

    private static Optional<BundleStartLevel> level(Bundle bundle) {
        return bundle.getState() == Bundle.UNINSTALLED
                ? Optional.empty()
                : Optional.ofNullable(bundle.adapt(BundleStartLevel.class));
    }
}
