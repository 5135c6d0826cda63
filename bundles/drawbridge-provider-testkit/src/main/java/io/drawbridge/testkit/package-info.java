/**
 * Contract tests for vendors. Extend {@link io.drawbridge.testkit.ProviderContract}, and run it with JUnit: each promise
 * of {@code io.drawbridge.api.provider} is a test of its own, played in the host that runs plug-ins in the appliance.
 */
package io.drawbridge.testkit;
