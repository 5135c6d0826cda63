// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/** Which name in a SIP peer's certificate ties it to a domain. */
public enum NameVerification {
    /** The SIP domain itself (RFC 5922 section 7.2). */
    RFC5922,
    /** The host that was configured or found by SRV, as Lync does; an SRV target must lie within the domain. */
    LYNC_HOST,
    /** One of both. */
    EITHER,
    /** One of both, and the key or issuer must be one of the pinned fingerprints. */
    PINNED
}
