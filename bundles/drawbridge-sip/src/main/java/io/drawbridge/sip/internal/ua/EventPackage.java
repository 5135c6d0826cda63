// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.lib.jainsip.RequestRefused;
import java.util.List;

/** What users of the home can subscribe to at the gateway (RFC 6665 section 5.4). Owned by the user agent's thread. */
interface EventPackage {
    /** Returns its name, as Event says it. */
    String name();

    /** Returns the media types it writes, those that say most first. */
    List<String> types();

    /** Returns the media type for whoever does not say what it takes. */
    String defaultType();

    /**
     * Begins to report.
     *
     * @param type which of the types
     * @throws RequestRefused if whoever subscribes may not know
     */
    Report report(Incoming subscribe, String type) throws RequestRefused;
}
