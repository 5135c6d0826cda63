// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/**
 * How an account stands. Tell refusals from outages: a wrong password that is told as {@link #DISCONNECTED} is tried for
 * ever, and that locks accounts.
 *
 * <table>
 * <caption>What each means</caption>
 * <thead><tr><th>Status</th><th>The user</th><th>The operator</th><th>Drawbridge</th></tr></thead>
 * <tbody>
 * <tr><td>{@link #CONNECTING}</td><td>waits</td><td>sees the detail</td>
 *     <td>keeps messages, 20 seconds at most; after two minutes of it closes the account, and opens it anew later</td></tr>
 * <tr><td>{@link #ONLINE}</td><td>talks</td><td>has nothing to do</td>
 *     <td>delivers what waits, in its order; tells all watches and shown presence again, 50 a second</td></tr>
 * <tr><td>{@link #DISCONNECTED}</td><td>is told that the recipient is unavailable</td><td>sees when the next try is</td>
 *     <td>calls {@link Account#connect} after 5 seconds at most, then ever later, 15 minutes at most</td></tr>
 * <tr><td>{@link #THROTTLED}</td><td>the same</td><td>the same</td><td>the same, an hour later at the earliest</td></tr>
 * <tr><td>{@link #REPLACED}</td><td>the same</td><td>the same</td><td>the same, ten minutes later at the earliest</td></tr>
 * <tr><td>{@link #BAD_CREDENTIALS}</td><td>the same</td><td>must act; health says so</td>
 *     <td>does nothing until the settings change</td></tr>
 * <tr><td>{@link #MISCONFIGURED}</td><td>the same</td><td>must act; health says so</td><td>the same</td></tr>
 * <tr><td>{@link #BLOCKED}</td><td>the same</td><td>must act; health says so</td><td>the same</td></tr>
 * </tbody>
 * </table>
 */
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
