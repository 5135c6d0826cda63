// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/** What people can do on a network. Those marked with an ability are carried; the others are told to people only. */
public enum Capability {
    /** Messages between two. Every network has it. */
    MESSAGES,
    /** Presence: {@link PresenceAbility}. */
    PRESENCE,
    /** Contacts that are asked before they are seen: {@link ContactsAbility}. */
    CONTACTS,
    /** Who is writing: {@link TypingAbility}. */
    TYPING,
    /** What became of a message: {@link ReceiptsAbility}. */
    RECEIPTS,
    /** Conversations of more than two. */
    GROUP_CHAT,
    /** Files. */
    FILES,
    /** Calls. */
    AUDIO,
    /** Calls with pictures. */
    VIDEO
}
