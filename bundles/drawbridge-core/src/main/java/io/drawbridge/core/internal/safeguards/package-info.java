/**
 * Limits on discovered partners, whom nobody has vouched for: rate, users addressed, suspicion, and the watch list.
 */
package io.drawbridge.core.internal.safeguards;
