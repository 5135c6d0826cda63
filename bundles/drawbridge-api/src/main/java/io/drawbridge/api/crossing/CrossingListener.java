// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.crossing;

import org.osgi.annotation.versioning.ConsumerType;

/** Wants to know of each crossing. Registered as a service; called by whatever protocol did the work. */
@ConsumerType
public interface CrossingListener {
    /**
     * Takes note of a finished crossing. Called on an event loop: returns at once, does no I/O, throws nothing.
     */
    void finished(Crossing crossing);
}
