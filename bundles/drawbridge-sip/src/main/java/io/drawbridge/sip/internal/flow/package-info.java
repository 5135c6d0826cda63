// SPDX-License-Identifier: Apache-2.0
/** Ways for whole messages to and from SIP elements inside this appliance. */
package io.drawbridge.sip.internal.flow;
