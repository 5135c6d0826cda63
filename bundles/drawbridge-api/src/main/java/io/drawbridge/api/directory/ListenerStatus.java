// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.Side;

/**
 * A configured listener.
 *
 * @param name the instance's name in {@code io.drawbridge.net.listener~NAME}
 * @param side inside or outside
 * @param protocol {@code sip}, {@code sip-client} and so on
 * @param address the address and port it is, or would be, bound to
 * @param open whether it accepts connections
 * @param why why it does not; empty if it does
 * @param connections how many are open
 */
public record ListenerStatus(
        String name, Side side, String protocol, String address, boolean open, String why, int connections) {}
