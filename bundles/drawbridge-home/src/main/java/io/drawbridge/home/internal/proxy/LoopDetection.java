// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Loop detection of RFC 5393 section 4.2: our branches end in a hash over all that decides where a request goes. A
 * request that comes back with the same hash goes in a circle; with another one it is a spiral, which is allowed.
 */
final class LoopDetection {
    private final byte[] salt = new byte[16];

    LoopDetection() {
        new SecureRandom().nextBytes(salt);
    }

    /** Returns the second part of the branches that {@code request} is forwarded with. */
    String hash(SIPRequest request) {
        SipText text = SipParser.text(request);
        String startLine = text.startLine();
        CRC32 crc = new CRC32();
        crc.update(salt);
        // Not the method: CANCEL and the ACK of a refusal share the branch.
        update(crc, startLine.substring(request.getMethod().length()));
        text.lines("Route").forEach(route -> update(crc, route));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    void check(SIPRequest request, String hash) throws RequestRefused {
        boolean loops = Arrays.stream(request.getViaHeaders().toArray())
                .map(via -> ((Via) via).getBranch())
                .anyMatch(branch -> branch != null && branch.endsWith("." + hash));
        if (loops) {
            throw new RequestRefused(482);
        }
    }

    private static void update(CRC32 crc, String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
