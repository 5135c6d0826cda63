// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Condition;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a message. Its sender is told exactly one, in the words of the sender's protocol. Say it only when your own
 * part is done: what was answered is yours, also if the plug-in is replaced a moment later.
 *
 * <table>
 * <caption>What each means</caption>
 * <thead><tr><th>Outcome</th><th>The user</th><th>The operator</th><th>Drawbridge</th></tr></thead>
 * <tbody>
 * <tr><td>{@link Delivered}</td><td>sees it delivered</td><td>sees it counted as delivered</td><td>is done</td></tr>
 * <tr><td>{@link HandedOver}</td><td>sees it sent</td><td>sees it counted as handed over</td>
 *     <td>is done; takes a receipt that comes later</td></tr>
 * <tr><td>{@link Failed}</td><td>is told why, and when another try may be worth it</td>
 *     <td>sees it counted as failed</td><td>never tries again by itself</td></tr>
 * <tr><td>none in time</td><td>is told that it timed out</td><td>sees it counted as failed</td>
 *     <td>takes no later one; one that comes counts against the provider</td></tr>
 * <tr><td>nothing, or an exception</td><td>is told that it failed</td><td>sees what the plug-in did wrong</td>
 *     <td>counts it against the provider</td></tr>
 * </tbody>
 * </table>
 */
public sealed interface Outcome {
    /** The recipient's side said that it has it. */
    record Delivered() implements Outcome {}

    /** The network took it and says no more, or later by a receipt. */
    record HandedOver() implements Outcome {}

    /**
     * It was not delivered and will not be.
     *
     * @param condition why, for the sender's protocol
     * @param text a sentence for people without names, addresses or content; may be empty
     * @param retryAfter when it may be worth another try
     */
    record Failed(Condition condition, String text, Optional<Duration> retryAfter) implements Outcome {}

    /** Returns that it was not delivered and another try is no use. */
    static Outcome failed(Condition condition, String text) {
        return new Failed(condition, text, Optional.empty());
    }
}
