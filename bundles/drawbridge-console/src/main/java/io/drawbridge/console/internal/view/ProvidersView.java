// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.model.DomainName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The public providers.
 *
 * @param providers the providers
 */
public record ProvidersView(List<ProviderStatus> providers) implements View {
    @Override
    public String text(int width) {
        if (providers.isEmpty()) {
            return Prose.wrapped("No provider is configured and no plug-in is installed.", width);
        }
        Table table = new Table()
                .kept("ID")
                .kept("STATE")
                .kept("ONLINE")
                .extra("VERSION")
                .extra("NAME")
                .cut("DOMAINS")
                .wrapped("TROUBLE");
        for (ProviderStatus provider : providers) {
            table.row(
                    provider.id(),
                    PeersView.word(provider.state()),
                    provider.gateway().isPresent() ? "gateway" : provider.online() + "/" + provider.accounts(),
                    provider.version(),
                    provider.name(),
                    provider.domains().stream().sorted().map(DomainName::value).collect(Collectors.joining(", ")),
                    provider.trouble().isEmpty() ? hint(provider) : provider.trouble());
        }
        return table.text(width);
    }

    /** Says until when a plug-in waits that could serve. */
    static String hint(ProviderStatus provider) {
        return provider.description()
                .filter(plugin -> provider.state() == State.WAITING)
                .map(plugin -> "it waits until the plug-in that is " + plugin.id()
                        + " now is removed, or until drawbridge:providers swap " + plugin.id())
                .orElse("");
    }

    @Override
    public Object data() {
        return providers;
    }
}
