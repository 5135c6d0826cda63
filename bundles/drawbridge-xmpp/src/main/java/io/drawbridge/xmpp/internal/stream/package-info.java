// SPDX-License-Identifier: Apache-2.0
/** Server-to-server streams: from a connection to an authenticated pair of domains, and what travels between them. */
package io.drawbridge.xmpp.internal.stream;
