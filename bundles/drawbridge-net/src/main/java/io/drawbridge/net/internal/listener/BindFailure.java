// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.configuration.InvalidSetting;

/** Says what hinders a socket from being bound, and what to do about it. */
final class BindFailure {
    private BindFailure() {}

    /** Finds the cause by the system's words, which NIO and epoll share. */
    static InvalidSetting of(ListenerSettings settings, Throwable cause) {
        String port = String.valueOf(settings.socket().address().getPort());
        String address = settings.socket().address().getAddress().getHostAddress();
        String message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            return settings.invalid(
                    "port",
                    port,
                    "is in use on " + address + "; find by whom with 'ss -ltnp sport = :" + port
                            + "', stop that or choose another port; it is tried again all the time");
        }
        if (message.contains("Permission denied")) {
            return settings.invalid(
                    "port",
                    port,
                    "may not be bound by user " + System.getProperty("user.name")
                            + "; choose one above 1023, or grant CAP_NET_BIND_SERVICE");
        }
        if (message.contains("Cannot assign requested address")) {
            return settings.invalid(
                    "address", address, "belongs to no interface of this machine; compare with 'ip address'");
        }
        return settings.invalid("port", port, "cannot be bound on " + address + ": " + message);
    }
}
