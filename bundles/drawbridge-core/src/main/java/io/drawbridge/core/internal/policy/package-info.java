/**
 * Deciding: an immutable {@link io.drawbridge.core.internal.policy.Snapshot} of the configuration and the two orders in
 * which its rules are asked.
 */
package io.drawbridge.core.internal.policy;
