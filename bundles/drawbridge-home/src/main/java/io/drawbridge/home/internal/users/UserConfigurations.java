// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the users from Config Admin. */
@Component(
        service = {UserConfigurations.class, ManagedServiceFactory.class, ConfigurationProblems.class},
        // Config Admin lets go of the service after each update; what it holds must outlive that.
        immediate = true,
        property = "service.pid=" + UserConfig.FACTORY_PID)
public final class UserConfigurations implements ManagedServiceFactory, ConfigurationProblems {
    private static final Logger LOG = LoggerFactory.getLogger(UserConfigurations.class);
    private final UserTable table = new UserTable();

    /** Returns the users. */
    public UserTable table() {
        return table;
    }

    @Override
    public String getName() {
        return "Users of the embedded home";
    }

    @Override
    @SuppressWarnings("JdkObsolete") // Config Admin speaks Dictionary
    public void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        Map<String, Object> map =
                Collections.list(properties.keys()).stream().collect(Collectors.toMap(key -> key, properties::get));
        try {
            table.put(pid, map);
        } catch (InvalidSetting refused) {
            LOG.error("{}; the user stays as before", refused.explanation());
        }
    }

    @Override
    public void deleted(String pid) {
        table.remove(pid);
    }

    @Override
    public List<InvalidSetting> problems() {
        return table.problems();
    }
}
