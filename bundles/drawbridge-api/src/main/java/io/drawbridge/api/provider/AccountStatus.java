// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/** How an account stands, with what Drawbridge makes of it. */
public enum AccountStatus {
    /** It signs in. Messages wait for the outcome, no longer than their delivery may take. */
    CONNECTING(true),
    /** It is signed in. */
    ONLINE(true),
    /** The network was left, refused the connection, or is not there: {@link Account#connect} comes again, ever later. */
    DISCONNECTED(true),
    /** The network asks for patience: as {@link #DISCONNECTED}, an hour later at the earliest. */
    THROTTLED(true),
    /** The same account signed in elsewhere and ended this one: as {@link #DISCONNECTED}, ten minutes later at the earliest. */
    REPLACED(true),
    /** The network refuses the credentials: no further try until the settings change. An administrator must act. */
    BAD_CREDENTIALS(false),
    /** A setting breaks a rule of the plug-in's or the network's: no further try until the settings change. */
    MISCONFIGURED(false),
    /** The network locked the account: no further try until the settings change. An administrator must act. */
    BLOCKED(false);

    private final boolean triedAgain;

    AccountStatus(boolean triedAgain) {
        this.triedAgain = triedAgain;
    }

    /** Returns whether Drawbridge goes on trying without anybody's help. */
    public boolean isTriedAgain() {
        return triedAgain;
    }
}
