// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/** What a request offers besides text, which not every network carries. */
public enum Offered {
    /** Sound. */
    AUDIO("audio"),
    /** Pictures that move. */
    VIDEO("video"),
    /** A file. */
    FILE("a file"),
    /** A kind of media of another name, such as a shared screen. */
    OTHER_MEDIA("other media"),
    /** A third person in a conversation of two. */
    THIRD_PERSON("a third person"),
    /** Who is writing. */
    TYPING("who is writing"),
    /** What became of a message. */
    RECEIPT("receipts");

    private final String text;

    Offered(String text) {
        this.text = text;
    }

    /** Returns it for people. */
    public String text() {
        return text;
    }
}
