// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes identifiers of providers. */
@Service
public final class ProviderWords extends TrailingWords {
    @Override
    Class<? extends EdgeCommand> command() {
        return ProvidersCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(ProviderDirectory.class)
                .map(directory ->
                        directory.providers().stream().map(ProviderStatus::id).toList())
                .orElse(List.of());
    }
}
