// SPDX-License-Identifier: Apache-2.0
/** SIP federation in the container. */
package io.drawbridge.sip.internal;
