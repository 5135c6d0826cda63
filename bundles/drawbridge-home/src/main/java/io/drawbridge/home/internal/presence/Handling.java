// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

/** What becomes of somebody who wants to know something of a user: the sub-handling of RFC 5025 section 3.2.1. */
enum Handling {
    /** Is told. */
    ALLOW,
    /** Waits until the user has decided. */
    CONFIRM,
    /** Is refused. */
    BLOCK
}
