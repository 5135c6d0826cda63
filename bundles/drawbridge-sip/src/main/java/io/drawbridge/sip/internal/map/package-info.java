// SPDX-License-Identifier: Apache-2.0
/** Between SIP's words and the model's: addresses, errors, bodies, presence. Pure functions and tables. */
package io.drawbridge.sip.internal.map;
