// SPDX-License-Identifier: Apache-2.0
/** Where what one link brings goes to another: judged, limited, in order, and answered exactly once. */
package io.drawbridge.core.internal.exchange;
