// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Principal;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Which partners' clients take chat states, and which state each was told last (XEP-0085 sections 5.1 and 5.3): a state
 * that stands alone goes only to who sent one, and never twice. Thread-safe.
 */
final class ChatStates {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final RecentTable<Talk, Composing> told;

    ChatStates(InstantSource clock) {
        told = new RecentTable<>(
                MOST_CHARACTERS,
                REMEMBERED,
                clock,
                (talk, state) -> Characters.of(talk.own()) + Characters.of(talk.partner()));
    }

    /** Takes note of a message of a partner's user in a talk, with or without a state. */
    void heard(Principal own, Principal partner, boolean withState) {
        Talk talk = new Talk(own, partner);
        if (withState) {
            told.computeIfAbsent(talk, t -> Composing.ACTIVE);
        } else {
            told.remove(talk);
        }
    }

    /** Takes note of a message to a partner's user, which carries the active state. */
    void said(Principal own, Principal partner) {
        Talk talk = new Talk(own, partner);
        told.find(talk).ifPresent(state -> told.put(talk, Composing.ACTIVE));
    }

    /** Returns whether a state is worth telling, and takes it as told if so. */
    boolean tells(Principal own, Principal partner, Composing state) {
        Talk talk = new Talk(own, partner);
        boolean news = told.find(talk).filter(last -> last != state).isPresent();
        if (news) {
            told.put(talk, state);
        }
        return news;
    }

    /** An own user and a partner's. */
    private record Talk(Principal own, Principal partner) {}
}
