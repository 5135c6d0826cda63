// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.connection;

import io.drawbridge.api.policy.Reason;
import java.io.IOException;

/** No server of a destination could be reached. */
public final class ConnectException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Says at which stage it failed and how.
     *
     * @param reason the stage, in the words every protocol maps to its own code
     * @param message for people: server, address, what happened
     */
    public ConnectException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns the stage at which the last server failed. */
    public Reason reason() {
        return reason;
    }
}
