// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.home.HomeUsers;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes users of the embedded home. */
@Service
public final class UserWords extends TrailingWords {
    @Override
    Class<? extends EdgeCommand> command() {
        return UsersCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(HomeUsers.class)
                .map(home -> home.users().stream()
                        .map(user -> user.address().toString())
                        .toList())
                .orElse(List.of());
    }
}
