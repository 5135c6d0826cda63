// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.provider.Provider;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * One more network, a provider of its own: {@code irc-NAME} for each configuration {@code io.drawbridge.irc~NAME}. A changed
 * configuration is another provider, so that what one says of itself is constant.
 */
@Component(
        service = Provider.class,
        configurationPid = FurtherNetworkConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FurtherNetwork extends IrcNetwork {
    private static final String NAME = "[a-z0-9-]{1,28}";

    /**
     * Takes its identifier from where it is configured.
     *
     * @throws IllegalArgumentException if that makes no identifier; the network is not there then
     */
    @Activate
    public FurtherNetwork(Map<String, Object> properties) {
        super(id(properties), name(properties));
    }

    private static String id(Map<String, Object> properties) {
        String pid = properties.get("service.pid").toString();
        String name = pid.substring(pid.indexOf('~') + 1);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    pid + ": what follows ~ is at most 28 lower-case letters, digits and hyphens");
        }
        return IrcProvider.ID + "-" + name;
    }

    private static String name(Map<String, Object> properties) {
        Object name = properties.getOrDefault("name", "");
        return name.toString().isBlank() ? id(properties) : name.toString().strip();
    }
}
