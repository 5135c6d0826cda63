// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** How sure it is that traffic comes from the domain it claims, the weakest first. */
public enum Trust {
    /** Nothing was proven. */
    NONE,
    /** Proven over a path that others can change: dialback without TLS. */
    SPOOFABLE,
    /** Proven by DNS over an encrypted path: dialback over TLS. */
    WEAK,
    /** Proven by a certificate that names the domain, or by a secret. */
    STRONG
}
