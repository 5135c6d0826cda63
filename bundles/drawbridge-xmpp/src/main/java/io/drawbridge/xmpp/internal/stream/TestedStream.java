// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.Trust;
import java.util.List;
import java.util.Optional;

/**
 * What came of testing the streams with a partner.
 *
 * @param steps every step in order
 * @param answer how surely the partner's domain was proven on the stream its answer came by; empty if none came
 */
public record TestedStream(List<Step> steps, Optional<Trust> answer) {
    /** Copies the steps. */
    public TestedStream {
        steps = List.copyOf(steps);
    }
}
