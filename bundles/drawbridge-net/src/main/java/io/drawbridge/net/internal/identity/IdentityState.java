// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.net.internal.tls.TlsIdentity;
import java.util.List;
import java.util.Optional;

/**
 * What an identity is worth at a moment.
 *
 * @param usable what TLS needs; the same object for as long as nothing changed; empty if there is no valid certificate
 * @param certificate what the certificate says; also that of one that has ended
 * @param problems what is wrong with the settings or the files they name, even if the last good ones still serve
 */
public record IdentityState(
        Optional<TlsIdentity> usable, Optional<PeerIdentity> certificate, List<InvalidSetting> problems) {
    static final IdentityState UNREAD = new IdentityState(Optional.empty(), Optional.empty(), List.of());

    /** Copies the list. */
    public IdentityState {
        problems = List.copyOf(problems);
    }

    /** Returns why it is not usable, as the rest of a sentence; empty if it is. */
    public String why() {
        if (usable.isPresent()) {
            return "";
        }
        return problems.stream().findFirst().map(InvalidSetting::getMessage).orElse("its files have not been read yet");
    }
}
