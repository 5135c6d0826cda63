// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import java.net.URI;
import java.time.LocalDate;

/**
 * That a network ended, or will.
 *
 * @param date its last day
 * @param what a sentence for people: what ended, and what came after it
 * @param source where that was announced, an {@code https} address
 */
public record EndOfLife(LocalDate date, String what, URI source) {
    /**
     * Checks the source, which people are shown to follow.
     *
     * @throws IllegalArgumentException if it is not an {@code https} address
     */
    public EndOfLife {
        if (!"https".equalsIgnoreCase(source.getScheme()) || source.getHost() == null) {
            throw new IllegalArgumentException("the source of an end of life is an https address");
        }
    }
}
