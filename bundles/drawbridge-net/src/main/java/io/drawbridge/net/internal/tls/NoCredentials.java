// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

/** No certificate, no edge: there is no usable own identity for what was asked. */
public final class NoCredentials extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why and what to do about it. */
    public NoCredentials(String message) {
        super(message);
    }
}
