// SPDX-License-Identifier: Apache-2.0
/**
 * The SIP user agent of the gateway: what the home sends to people of other protocols ends here and goes on as events,
 * and events become SIP towards the home.
 */
package io.drawbridge.sip.internal.ua;
