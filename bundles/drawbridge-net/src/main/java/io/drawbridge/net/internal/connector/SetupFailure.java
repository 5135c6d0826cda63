// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Reason;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** No connection came about. */
final class SetupFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Refused refused;

    SetupFailure(Reason reason, String message) {
        this(reason, message, null);
    }

    private SetupFailure(Reason reason, String message, Refused refused) {
        super(message, null, false, false);
        this.reason = reason;
        this.refused = refused;
    }

    static SetupFailure wrongName(String message, PeerIdentity identity, String host) {
        return new SetupFailure(Reason.CERTIFICATE_NOT_TRUSTED, message, new Refused(identity, host));
    }

    /** Finds the failure in what a stage reported; anything else is a fault of this appliance. */
    static SetupFailure of(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof SetupFailure failure
                ? failure
                : new SetupFailure(Reason.INTERNAL, String.valueOf(cause));
    }

    Reason reason() {
        return reason;
    }

    /** Returns who was refused for its name, if that is why: somebody else's check may well accept it. */
    Optional<Refused> refused() {
        return Optional.ofNullable(refused);
    }

    /** A peer with a trusted chain but the wrong name. */
    record Refused(PeerIdentity identity, String host) {}
}
