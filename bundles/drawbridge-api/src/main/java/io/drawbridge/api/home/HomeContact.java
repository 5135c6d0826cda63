// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.home;

import java.time.Instant;

/**
 * A client a user is registered with.
 *
 * @param uri the Contact the client gave
 * @param client what it says it is, empty if it does not say; written by the client, so not to be trusted
 * @param from the address and port its connection comes from
 * @param expires when the registration ends unless it is refreshed
 */
public record HomeContact(String uri, String client, String from, Instant expires) {}
