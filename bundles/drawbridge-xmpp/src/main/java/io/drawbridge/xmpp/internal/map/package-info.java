// SPDX-License-Identifier: Apache-2.0
/** Stanzas to the events of the model and back: addresses, messages, presence, and what an own domain answers itself. */
package io.drawbridge.xmpp.internal.map;
