// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Config Admin over a map: what the commands ask of it, with its rules for names of instances, and nothing else. */
final class StoredConfiguration {
    final Map<String, Map<String, Object>> byPid = new TreeMap<>();

    ConfigurationAdmin admin() {
        return Typed.fake(
                ConfigurationAdmin.class,
                Map.<String, Function<Object[], Object>>of(
                        "getFactoryConfiguration", given -> configuration(given[0] + "~" + given[1]),
                        "listConfigurations", given -> matching((String) given[0])));
    }

    private Configuration[] matching(String filter) {
        return byPid.entrySet().stream()
                .filter(entry -> matches(filter, entry.getKey()))
                .map(entry -> configuration(entry.getKey()))
                .toArray(Configuration[]::new);
    }

    private static boolean matches(String filter, String pid) {
        return filter.equals("(service.pid=" + pid + ")")
                || filter.equals("(service.factoryPid=" + pid.replaceFirst("~.*", "") + ")");
    }

    private Configuration configuration(String pid) {
        return Typed.fake(
                Configuration.class,
                Map.<String, Function<Object[], Object>>of(
                        "getPid", none -> pid,
                        "getFactoryPid", none -> pid.replaceFirst("~.*", ""),
                        "getProperties", none -> FrameworkUtil.asDictionary(byPid.get(pid)),
                        "delete", none -> byPid.remove(pid),
                        "update", given -> byPid.put(pid, copy((Dictionary<?, ?>) given[0]))));
    }

    private static Map<String, Object> copy(Dictionary<?, ?> properties) {
        Map<String, Object> copy = new HashMap<>();
        for (Object key : Collections.list(properties.keys())) {
            copy.put(key.toString(), properties.get(key));
        }
        return copy;
    }
}
