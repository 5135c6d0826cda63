// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;

/**
 * An external access policy (lync-edge 9).
 *
 * @param scope {@code global}, {@code site:NAME} or {@code tag:NAME}
 * @param description what it is for, as the administrator put it; empty if nobody did
 * @param federation {@code enableFederationAccess}
 * @param xmpp {@code enableXmppAccess}
 * @param publicCloud {@code enablePublicCloudAccess}
 * @param publicCloudAudioVideo {@code enablePublicCloudAudioVideoAccess}
 * @param outside {@code enableOutsideAccess}
 * @param members the users it is granted to, or the domains of the site; empty for the global policy
 * @param pid where it is configured; empty for the built-in global policy
 */
public record AccessPolicyStatus(
        String scope,
        String description,
        boolean federation,
        boolean xmpp,
        boolean publicCloud,
        boolean publicCloudAudioVideo,
        boolean outside,
        List<String> members,
        String pid) {
    /** Copies the members. */
    public AccessPolicyStatus {
        members = List.copyOf(members);
    }
}
