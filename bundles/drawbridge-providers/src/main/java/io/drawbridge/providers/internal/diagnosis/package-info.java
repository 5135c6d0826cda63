// SPDX-License-Identifier: Apache-2.0
/** Finding out why something passes to or from a network with accounts, or not. */
package io.drawbridge.providers.internal.diagnosis;
