// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.shell.Services;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.service.cm.ConfigurationAdmin;

/** The parts of the appliance that commands need, by the names people are told when one is missing. */
final class Parts {
    static final String NET = "The edge transport (drawbridge-net)";
    static final String CORE = "Policy (drawbridge-core)";
    static final String SIP = "The SIP relay (drawbridge-sip)";
    static final String HOME = "The embedded home (drawbridge-home)";
    static final String PROVIDERS = "The host of providers (drawbridge-providers)";
    static final String MONITOR = "The monitor (drawbridge-monitor)";

    private Parts() {}

    static ConfigurationChanges changes(Services services) throws CommandException {
        return new ConfigurationChanges(
                services.need(ConfigurationAdmin.class, "Configuration Admin"),
                services.all(ConfigurationCheck.class),
                services.all(ConfigurationProblems.class),
                services.property("karaf.etc").map(Path::of));
    }
}
