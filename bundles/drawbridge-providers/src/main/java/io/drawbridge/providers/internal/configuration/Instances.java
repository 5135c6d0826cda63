// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

/** How instances of a factory PID are named: {@code factoryPid~name}. */
final class Instances {
    private Instances() {}

    static boolean isOf(String factoryPid, String pid) {
        return pid.startsWith(factoryPid + "~");
    }

    static String name(String pid) {
        return pid.substring(pid.indexOf('~') + 1);
    }
}
