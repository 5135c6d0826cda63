// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/** Whom an account of a network serves. */
public enum AccountScope {
    /** The one own user it is linked with. */
    USER,
    /** All own users: the network takes the organisation's word for who writes. */
    SHARED
}
