// SPDX-License-Identifier: Apache-2.0
/** The stateful, forking proxy of RFC 3261 section 16. */
package io.drawbridge.home.internal.proxy;
