// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/**
 * One form of a message's content.
 *
 * @param mediaType type and subtype in lower case without parameters, such as {@code text/plain}
 * @param language the language tag (BCP 47), empty if unknown
 * @param text the content, decoded
 */
public record Body(String mediaType, String language, String text) {
    /** The form every protocol can show. */
    public static final String PLAIN = "text/plain";

    /** Returns plain text of unknown language. */
    public static Body plain(String text) {
        return new Body(PLAIN, "", text);
    }
}
