// SPDX-License-Identifier: Apache-2.0
/** What registrar, proxy and presence agent all need of SIP: flows, addresses, refusals. */
package io.drawbridge.home.internal.sip;
