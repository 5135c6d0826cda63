// SPDX-License-Identifier: Apache-2.0
/** Who the users are and what proves that they are. */
package io.drawbridge.home.internal.users;
