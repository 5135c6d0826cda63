// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/**
 * The permissions a home server stamps on an outbound request ({@code ms-user-data}): it knows its users' policies, the
 * edge only enforces.
 *
 * @param federation the sender may talk to federated partners
 * @param publicCloud the sender may talk to public providers
 */
public record UserData(boolean federation, boolean publicCloud) {}
