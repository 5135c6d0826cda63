// SPDX-License-Identifier: Apache-2.0
/**
 * SIP over the flows of this appliance: JAIN-SIP's parser and message classes behind strict checks, and the transactions
 * of RFC 3261 above them. JAIN-SIP's own transactions, dialogs, transports and TLS are not used.
 */
package io.drawbridge.lib.jainsip;
