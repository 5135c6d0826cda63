// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/** An address has no form on a network. */
public final class AddressRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param rule what a valid address looks like, as a sentence without a full stop and without the address
     */
    public AddressRefused(String rule) {
        super(rule);
    }
}
