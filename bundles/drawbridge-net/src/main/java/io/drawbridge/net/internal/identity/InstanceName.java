// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.util.Map;
import java.util.Optional;

/** The name in {@code factoryPid~name}. */
public final class InstanceName {
    private InstanceName() {}

    /** Returns the PID of a factory instance; one that an old style of file name made keeps its generated name. */
    public static String pid(Map<String, ?> properties, String factoryPid) {
        String pid = Optional.ofNullable(properties.get("service.pid"))
                .map(Object::toString)
                .orElse(factoryPid + "~");
        return pid.startsWith(factoryPid + ".") ? factoryPid + "~" + pid.substring(factoryPid.length() + 1) : pid;
    }

    /** Returns the part behind the tilde. */
    public static String of(String pid) {
        return pid.substring(pid.indexOf('~') + 1);
    }
}
