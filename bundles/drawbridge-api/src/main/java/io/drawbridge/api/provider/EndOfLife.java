// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import java.net.URI;
import java.time.LocalDate;

/**
 * That a network ended, or will.
 *
 * @param date its last day
 * @param what a sentence for people: what ended, and what came after it
 * @param source where that was announced
 */
public record EndOfLife(LocalDate date, String what, URI source) {}
