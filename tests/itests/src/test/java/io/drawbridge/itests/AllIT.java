// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;
import org.junit.runners.Suite.SuiteClasses;

/** All of them in one container, the archive before it is unpacked. */
@RunWith(Suite.class)
@SuiteClasses({
    ArchiveCase.class,
    BootCase.class,
    CanaryCase.class,
    ConfigurationCase.class,
    PluginCase.class,
    ProviderCase.class,
    RolesCase.class,
    TrafficCase.class,
    XmppCase.class
})
public class AllIT {}
