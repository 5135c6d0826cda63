// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.diagnosis;

import io.drawbridge.api.policy.Verdict;
import java.util.List;

/**
 * Why a message from one address to another would pass or not.
 *
 * @param verdict what policy says, rule by rule
 * @param steps DNS and TLS steps tried along the route
 */
public record Explanation(Verdict verdict, List<Step> steps) {
    /** Copies the steps. */
    public Explanation {
        steps = List.copyOf(steps);
    }
}
