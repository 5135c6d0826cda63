/**
 * Configuration of the core: what each PID holds, which values contradict each other, and what of it is in force.
 */
package io.drawbridge.core.internal.configuration;
