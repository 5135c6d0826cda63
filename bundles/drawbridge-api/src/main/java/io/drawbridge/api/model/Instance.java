// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/**
 * One device or session of a principal, or the principal as a whole. XMPP says resource, SIP says GRUU or {@code epid}.
 *
 * @param principal whose it is
 * @param id the opaque, case-sensitive identifier as its own protocol decodes it; empty means whichever instance
 */
public record Instance(Principal principal, String id) {
    private static final int LONGEST_ID = 1023;

    /**
     * Checks the identifier.
     *
     * @throws IllegalArgumentException if it is too long or holds a control character
     */
    public Instance {
        if (id.length() > LONGEST_ID || hasControl(id)) {
            throw new IllegalArgumentException(
                    "an instance's identifier has at most " + LONGEST_ID + " characters and no control character");
        }
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the principal as a whole. */
    public static Instance anyOf(Principal principal) {
        return new Instance(principal, "");
    }

    /** Returns whether no instance is named. */
    public boolean isAny() {
        return id.isEmpty();
    }

    @Override
    public String toString() {
        return isAny() ? principal.toString() : principal + "/" + id;
    }
}
