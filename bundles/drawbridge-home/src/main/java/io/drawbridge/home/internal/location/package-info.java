// SPDX-License-Identifier: Apache-2.0
/** Where the users are. */
package io.drawbridge.home.internal.location;
