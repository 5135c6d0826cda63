// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.drawbridge.api.model.HostPort;

/** Where a Via must be changed to say where its message really came from. */
final class ViaMark {
    private ViaMark() {}

    /** Takes one replacement of a part of the message. */
    interface Splice {
        void replace(int start, int end, String text);
    }

    /** Tells the replacements from left to right. */
    static void of(Via via, HostPort source, Splice splice) {
        boolean receivedFirst = via.hasReceived() && via.receivedStart() < via.rportStart();
        if (!receivedFirst) {
            markRport(via, source, splice);
        }
        markReceived(via, source, splice);
        if (receivedFirst) {
            markRport(via, source, splice);
        }
    }

    private static void markRport(Via via, HostPort source, Splice splice) {
        if (via.hasRport()) {
            String port = Integer.toString(source.port());
            splice.replace(via.rportStart(), via.rportEnd(), via.isRportAssigned() ? port : "=" + port);
        }
    }

    private static void markReceived(Via via, HostPort source, Splice splice) {
        if (via.hasReceived()) {
            splice.replace(via.receivedStart(), via.receivedEnd(), source.host());
        } else if (via.hasRport() || !via.host().equals(source.host())) {
            splice.replace(via.end(), via.end(), ";received=" + source.host());
        }
    }
}
