// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

/** Somebody who presents an identity: a listener. */
public interface IdentityUse {
    /** Returns the listener's name. */
    String name();

    /** Returns the name of the identity it is configured with; empty if it has no valid configuration. */
    String identityName();
}
