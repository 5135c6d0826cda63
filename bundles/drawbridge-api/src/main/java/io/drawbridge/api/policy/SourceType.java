// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/** How the edge knows an outside peer ({@code ms-source-type}, MS-SIPRE 2.2.15; Lync's federation kinds). */
public enum SourceType {
    /** Domain and proxy FQDN are configured: an allowed partner server. */
    DIRECT_PARTNER("DirectPartner"),
    /** The domain is configured, its server found by SRV: an allowed partner domain. */
    ALLOWED_PARTNER("AutoFederation"),
    /** Nothing is configured, the server was found by SRV: throttled and guarded. */
    DISCOVERED_PARTNER("AutoFederation"),
    /** A hosting or public provider. */
    PROVIDER("AuthorizedServer"),
    /** Everything goes to one configured server: default routing. */
    DEFAULT_ROUTE("AuthorizedServer");

    private final String headerValue;

    SourceType(String headerValue) {
        this.headerValue = headerValue;
    }

    /** Returns the value of {@code ms-source-type} for this kind of peer. */
    public String headerValue() {
        return headerValue;
    }
}
