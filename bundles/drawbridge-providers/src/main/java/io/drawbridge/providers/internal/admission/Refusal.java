// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

/**
 * A plug-in that may not start.
 *
 * @param bundle its bundle's symbolic name
 * @param version its bundle's version
 * @param why a sentence without a full stop
 */
public record Refusal(String bundle, String version, String why) {}
