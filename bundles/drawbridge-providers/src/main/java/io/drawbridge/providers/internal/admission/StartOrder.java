// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * When bundles are started. The container starts with every feature that is installed whatever is not running yet, and takes
 * its refusal for a failure of that feature; so who is refused gets a start level that is never reached. A bundle may be
 * uninstalled at any moment: then nothing happens.
 *
 * @param framework says at which level bundles are started that say nothing
 */
record StartOrder(FrameworkStartLevel framework) {
    private static final int NEVER = Integer.MAX_VALUE;

    /** Leaves one out that is refused. */
    void leaveOut(Bundle bundle, Predicate<Bundle> isRefused) {
        if (isRefused.test(bundle)) {
            move(bundle, level -> level != NEVER, NEVER);
            // Whoever changed the rules meanwhile may have found it in its place still.
            if (!isRefused.test(bundle)) {
                takeUp(bundle);
            }
        }
    }

    /** Lets one that was left out come in its turn again. */
    void takeUp(Bundle bundle) {
        move(bundle, level -> level == NEVER, framework.getInitialBundleStartLevel());
    }

    private static void move(Bundle bundle, IntPredicate from, int to) {
        try {
            BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
            if (start != null && from.test(start.getStartLevel())) {
                start.setStartLevel(to);
            }
        } catch (IllegalStateException | IllegalArgumentException uninstalled) {
            // The specification has it throw the one, Felix throws the other.
        }
    }
}
