// SPDX-License-Identifier: Apache-2.0
/** Who may see whose presence: the states of RFC 6121, driven from either side. */
package io.drawbridge.core.internal.authorization;
