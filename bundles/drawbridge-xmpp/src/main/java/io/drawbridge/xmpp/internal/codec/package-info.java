// SPDX-License-Identifier: Apache-2.0
/** Octets to the elements of a stream and back, with every limit on what a peer may send. */
package io.drawbridge.xmpp.internal.codec;
