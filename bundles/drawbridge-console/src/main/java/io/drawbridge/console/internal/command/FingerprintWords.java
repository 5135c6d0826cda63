// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes fingerprints of watched peers. */
@Service
public final class FingerprintWords extends TrailingWords {
    @Override
    Class<? extends EdgeCommand> command() {
        return WatchListCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(Safeguards.class)
                .map(safeguards -> safeguards.watchList().stream()
                        .map(WatchedPeer::fingerprint)
                        .toList())
                .orElse(List.of());
    }
}
