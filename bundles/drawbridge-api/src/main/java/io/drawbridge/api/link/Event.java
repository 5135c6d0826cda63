// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.link;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;

/** One thing that one principal wants another to know. Immutable; holds no word of any protocol. */
public sealed interface Event {
    /** Returns who it is from. */
    Instance sender();

    /** Returns whom it is for. */
    Instance recipient();

    /**
     * A message.
     *
     * @param sender who wrote it
     * @param recipient whom it is for
     * @param message what was written
     */
    record Said(Instance sender, Instance recipient, Message message) implements Event {}

    /**
     * A change of who is writing.
     *
     * @param sender who writes or stopped
     * @param recipient who may want to see it
     * @param conversation the conversation's identifier as in {@link Message#conversation()}
     * @param state where the sender is
     */
    record Typing(Instance sender, Instance recipient, String conversation, Composing state) implements Event {}

    /**
     * A receipt.
     *
     * @param sender who got the message
     * @param recipient who wrote it
     * @param conversation the conversation's identifier as in {@link Message#conversation()}
     * @param receipt what became of it
     */
    record Acknowledged(Instance sender, Instance recipient, String conversation, Receipt receipt) implements Event {}

    /**
     * A step in the right to see somebody's presence. It is between principals; sender and recipient name no instance.
     *
     * @param from who takes the step
     * @param to the other one
     * @param step which step
     * @param nick what {@code from} calls itself, with {@link Step#ASK} only; else empty
     */
    record Authorization(Principal from, Principal to, Step step, String nick) implements Event {
        @Override
        public Instance sender() {
            return Instance.anyOf(from);
        }

        @Override
        public Instance recipient() {
            return Instance.anyOf(to);
        }
    }

    /**
     * The start or end of a watch: {@code watcher} wants to be told of the presence of {@code presentity} from now on, or
     * no longer does. Its end takes no right.
     *
     * <p>The outcome of its start tells how the right stands: delivered, {@code watcher} may see the presence, and what
     * is known follows at once as {@link Presence}; handed over, {@code presentity} has been asked and has not answered
     * yet, so a {@link Step#GRANT} or {@link Step#REFUSE} follows some day; failed, there is no right, or the other side
     * cannot be reached. An own user who has no right yet asks for it by watching, once in 24 hours at most, so its link
     * need not send {@link Step#ASK}. Where a failed start means that the presentity refuses, a {@link Step#REFUSE}
     * comes to the watcher's link besides.
     *
     * @param watcher who wants to know
     * @param presentity about whom
     * @param open whether it starts; again while it is open means: tell the present state
     */
    record Watch(Principal watcher, Principal presentity, boolean open) implements Event {
        @Override
        public Instance sender() {
            return Instance.anyOf(watcher);
        }

        @Override
        public Instance recipient() {
            return Instance.anyOf(presentity);
        }
    }

    /**
     * The present state of somebody's presence.
     *
     * @param watcher who may see it
     * @param document all that is known
     */
    record Presence(Principal watcher, PresenceDocument document) implements Event {
        @Override
        public Instance sender() {
            return Instance.anyOf(document.presentity());
        }

        @Override
        public Instance recipient() {
            return Instance.anyOf(watcher);
        }
    }

    /**
     * A question, {@link Step#ASK}, could not be put to whom it was for during a day. It stays and goes on being tried, so
     * this changes no right; who asked may want to know.
     *
     * @param asked who could not be asked
     * @param asker who wants to see the presence of {@code asked}
     */
    record Unreachable(Principal asked, Principal asker) implements Event {
        @Override
        public Instance sender() {
            return Instance.anyOf(asked);
        }

        @Override
        public Instance recipient() {
            return Instance.anyOf(asker);
        }
    }

    /** The steps of an authorization (RFC 6121 section 3). */
    enum Step {
        /** {@code from} asks to see the presence of {@code to}. */
        ASK,
        /** {@code from} lets {@code to} see its presence. */
        GRANT,
        /** {@code from} refuses or ends the right of {@code to} to see its presence. */
        REFUSE,
        /** {@code from} gives up its right, or its wish, to see the presence of {@code to}. */
        GIVE_UP
    }
}
