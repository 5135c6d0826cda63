// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

/**
 * Why a domain is blocked.
 *
 * @param pid where it is configured
 * @param comment the administrator's
 */
public record Blocking(String pid, String comment) {}
