// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of identities. */
@Service
public final class CertificateWords extends TrailingWords {
    @Override
    Class<? extends EdgeCommand> command() {
        return CertificatesCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(Identities.class)
                .map(identities -> identities.identities().stream()
                        .map(IdentityStatus::name)
                        .toList())
                .orElse(List.of());
    }
}
