// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;

/**
 * Who is at the other end of a stream, for one pair of domains.
 *
 * @param own the own domain it speaks with
 * @param partner the domain it was authenticated as
 * @param name the peer's name for people
 * @param trust how sure it is that the peer speaks for {@code partner}
 */
public record StreamPeer(DomainName own, DomainName partner, String name, Trust trust) {}
