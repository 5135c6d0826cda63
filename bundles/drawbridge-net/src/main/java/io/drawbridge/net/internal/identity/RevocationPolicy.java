// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

/** How much it matters whether a peer's certificate was revoked. */
enum RevocationPolicy {
    /** Not at all. */
    OFF,
    /** A revoked one is refused, one of unknown status passes. */
    SOFT,
    /** One of unknown status is refused too. */
    HARD
}
