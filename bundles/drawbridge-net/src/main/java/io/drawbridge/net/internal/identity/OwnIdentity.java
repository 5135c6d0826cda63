// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

/** A configured identity, as listeners look it up. Thread-safe, no I/O. */
public interface OwnIdentity {
    /** Returns the instance's name. */
    String name();

    /** Returns what it is worth now. */
    IdentityState state();
}
