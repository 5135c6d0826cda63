// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.xmpp.internal.codec.Stanza;

/**
 * A stanza to be sent.
 *
 * @param kind what it is, as its element says
 * @param own the domain of its {@code from}
 * @param partner the domain of its {@code to}
 * @param xml its text, well-formed, in the content namespace without declaring it: {@code <message from='…' to='…'>…}
 */
public record OutgoingStanza(Stanza.Kind kind, DomainName own, DomainName partner, String xml) {}
