// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.DomainStatus.DomainList;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes foreign domains on a list. */
@Service
public final class DomainWords extends TrailingWords {
    private static final int MOST = 1000;

    @Override
    Class<? extends EdgeCommand> command() {
        return DomainsCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(PolicyDirectory.class)
                .map(policies -> policies.domains().stream()
                        .filter(status -> status.list() != DomainList.OWN)
                        .map(status -> status.domain().value())
                        .filter(domain -> domain.startsWith(words[index]))
                        .limit(MOST)
                        .toList())
                .orElse(List.of());
    }
}
