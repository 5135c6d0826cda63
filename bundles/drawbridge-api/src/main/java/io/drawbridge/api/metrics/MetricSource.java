// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.metrics;

import org.osgi.annotation.versioning.ConsumerType;

/** Registered by a bundle that counts things. Asked when somebody scrapes, so counting itself stays cheap. */
@ConsumerType
public interface MetricSource {
    /** Hands every current number to {@code sink}. Quick, thread-safe, called on a thread of the asker. */
    void collect(MetricSink sink);
}
