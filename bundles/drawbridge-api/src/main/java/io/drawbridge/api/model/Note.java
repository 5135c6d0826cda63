// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/**
 * A text for people in one language.
 *
 * @param language the language tag (BCP 47), empty if unknown
 * @param text the text
 */
public record Note(String language, String text) {}
