// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import java.util.regex.Pattern;

/** Says what hindered a TCP connection in the system's words, without what the transport puts around them. */
final class ConnectTrouble {
    // epoll names its call and the error's number; NIO does not.
    private static final Pattern CALL = Pattern.compile("^\\S+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");
    // Who reads it knows the address: it stands beside it wherever it is shown.
    private static final Pattern ADDRESS = Pattern.compile(": [^\\s/]*/\\S+$");

    private ConnectTrouble() {}

    static String of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return ADDRESS.matcher(CALL.matcher(message).replaceFirst("")).replaceFirst("");
    }
}
