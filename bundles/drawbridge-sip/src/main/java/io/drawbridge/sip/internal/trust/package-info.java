// SPDX-License-Identifier: Apache-2.0
/** What is believed of whom: names in certificates, headers of trust, and how SIP says no. */
package io.drawbridge.sip.internal.trust;
