// SPDX-License-Identifier: Apache-2.0
/** XMPP federation in the container. */
package io.drawbridge.xmpp.internal;
