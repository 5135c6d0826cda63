// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Completes users of the embedded home. */
@Service
public final class UserWords extends TrailingWords {
    @Override
    Class<? extends EdgeCommand> command() {
        return UsersCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(ConfigurationAdmin.class).map(UserWords::users).orElse(List.of());
    }

    private static List<String> users(ConfigurationAdmin admin) {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=io.drawbridge.home.user)");
            return Optional.ofNullable(found).stream()
                    .flatMap(Arrays::stream)
                    .map(user -> user.getPid().replaceFirst("[^~]*~", ""))
                    .toList();
        } catch (IOException | InvalidSyntaxException unreadable) {
            return List.of();
        }
    }
}
