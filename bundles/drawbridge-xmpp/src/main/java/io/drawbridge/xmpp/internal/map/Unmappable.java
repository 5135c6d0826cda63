// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Condition;

/** An address that has no equal on the other side. The message is for people and holds nothing of the address. */
public final class Unmappable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Condition condition;

    Unmappable(Condition condition, String reason, Throwable cause) {
        super(reason, cause);
        this.condition = condition;
    }

    /** Returns what its sender is told. */
    public Condition condition() {
        return condition;
    }
}
