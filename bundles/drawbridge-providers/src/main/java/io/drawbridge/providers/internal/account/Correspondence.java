// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.ContactStep;
import io.drawbridge.api.provider.ContactsAbility;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.ReceiptsAbility;
import io.drawbridge.api.provider.TypingAbility;
import io.drawbridge.providers.internal.plugin.Plugin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything but messages, between events of the exchange and the abilities of an account. */
final class Correspondence {
    private final Network network;
    private final Supplier<Optional<Session>> online;
    private final Watches watches;

    /**
     * Starts with nothing.
     *
     * @param online returns the session while it is signed in
     * @param room the memory that what is shown may take
     */
    Correspondence(Network network, Supplier<Optional<Session>> online, Room room) {
        this.network = network;
        this.online = online;
        watches = new Watches(network, room);
    }

    Watches watches() {
        return watches;
    }

    CompletionStage<DeliveryOutcome> deliver(Event event, HostedAccount account) {
        Optional<Capability> needed = needed(event);
        Optional<Plugin> plugin = account.plugin();
        boolean lacks = plugin.isPresent()
                && needed.isPresent()
                && !plugin.get().description().capabilities().contains(needed.get());
        if (lacks) {
            // Nobody misses who writes and receipts: a client that was refused them would bother its user.
            boolean isMissed = needed.get() == Capability.PRESENCE;
            return completed(isMissed ? Outcomes.failed(Reason.NOT_FOR_FEDERATION) : new DeliveryOutcome.HandedOver());
        }
        if (event instanceof Event.Watch watch) {
            return completed(watch(watch));
        } else if (event instanceof Event.Presence presence) {
            return completed(show(presence));
        } else if (event instanceof Event.Authorization step) {
            boolean asks = plugin.map(
                            running -> running.description().capabilities().contains(Capability.CONTACTS))
                    .orElse(true);
            return completed(asks ? step(step) : answerForNetwork(step));
        } else if (event instanceof Event.Typing typing) {
            return completed(told(
                    TypingAbility.class,
                    ability -> ability.typing(
                            typing.sender(), typing.recipient(), typing.conversation(), typing.state())));
        } else if (event instanceof Event.Acknowledged receipt) {
            return completed(told(
                    ReceiptsAbility.class,
                    ability -> ability.receipt(
                            receipt.sender(), receipt.recipient(), receipt.conversation(), receipt.receipt())));
        }
        return completed(Outcomes.failed(Reason.NOT_FOR_FEDERATION));
    }

    private static Optional<Capability> needed(Event event) {
        if (event instanceof Event.Typing) {
            return Optional.of(Capability.TYPING);
        } else if (event instanceof Event.Acknowledged) {
            return Optional.of(Capability.RECEIPTS);
        }
        return event instanceof Event.Said ? Optional.empty() : Optional.of(Capability.PRESENCE);
    }

    private static CompletionStage<DeliveryOutcome> completed(DeliveryOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private <T> DeliveryOutcome told(Class<T> ability, Consumer<T> call) {
        Optional<Session> session = online.get();
        if (session.isEmpty()) {
            return Outcomes.failed(Reason.ACCOUNT_OFFLINE);
        }
        return session.get().with(ability, call)
                ? new DeliveryOutcome.HandedOver()
                : Outcomes.failed(Reason.OVERLOADED);
    }

    /** A watch is kept while the account is away, and told the plug-in when it has signed in. */
    private DeliveryOutcome watch(Event.Watch watch) {
        Right right = new Right(watch.watcher(), watch.presentity());
        if (!watch.open()) {
            lookAway(right);
            return new DeliveryOutcome.Delivered();
        }
        return look(right) ? new DeliveryOutcome.Delivered() : Outcomes.failed(Reason.OVERLOADED);
    }

    private boolean look(Right right) {
        boolean noted = watches.add(right);
        if (noted) {
            watches.tellLook(right);
        }
        return noted;
    }

    private void lookAway(Right right) {
        watches.remove(right);
        watches.tellLook(right);
    }

    /** It is handed over, if not now: of presence the latest is all that counts. */
    private DeliveryOutcome show(Event.Presence event) {
        Right right = new Right(event.watcher(), event.document().presentity());
        boolean isTooLong = Room.size(event.document()) > Room.LONGEST_PRESENCE;
        // What was shown before holds no longer, whatever becomes of this.
        boolean isNoted =
                watches.show(right, isTooLong ? PresenceDocument.offline(right.presentity()) : event.document());
        watches.tellShown(right);
        if (isTooLong) {
            return Outcomes.tooLong("a presence document has at most " + Room.LONGEST_PRESENCE + " characters");
        }
        return isNoted ? new DeliveryOutcome.HandedOver() : Outcomes.failed(Reason.OVERLOADED);
    }

    private DeliveryOutcome step(Event.Authorization event) {
        if (event.step() == Event.Step.GIVE_UP) {
            watches.remove(new Right(event.from(), event.to()));
        } else if (event.step() == Event.Step.REFUSE) {
            watches.hide(new Right(event.to(), event.from()));
        }
        ContactStep step = ContactStep.valueOf(event.step().name());
        return told(ContactsAbility.class, ability -> ability.contact(event.from(), event.to(), step));
    }

    /** The network asks nobody: whoever asks to see may see. */
    private DeliveryOutcome answerForNetwork(Event.Authorization event) {
        Right right = new Right(event.from(), event.to());
        if (event.step() == Event.Step.ASK) {
            network.bring(new Event.Authorization(event.to(), event.from(), Event.Step.GRANT, ""))
                    .thenAccept(outcome -> lookUnlessFailed(right, outcome));
            return new DeliveryOutcome.HandedOver();
        }
        Right reverse = new Right(event.to(), event.from());
        if (event.step() == Event.Step.GIVE_UP) {
            lookAway(right);
        } else if (event.step() == Event.Step.REFUSE && watches.hide(reverse)) {
            watches.tellShown(reverse);
        }
        return new DeliveryOutcome.Delivered();
    }

    private void lookUnlessFailed(Right right, DeliveryOutcome outcome) {
        if (!(outcome instanceof DeliveryOutcome.Failed)) {
            look(right);
        }
    }

    private void presence(Principal watcher, PresenceDocument document) {
        watches.came(new Right(watcher, document.presentity()), document);
    }

    /** With the right to see comes the wish to see: the exchange does not watch once more after a grant. */
    private void contact(Principal from, Principal to, ContactStep step) {
        Event.Step same = Event.Step.valueOf(step.name());
        CompletionStage<DeliveryOutcome> outcome = network.bring(new Event.Authorization(from, to, same, ""));
        Right right = new Right(to, from);
        if (step == ContactStep.GRANT) {
            outcome.thenAccept(result -> lookUnlessFailed(right, result));
        } else if (step == ContactStep.REFUSE) {
            watches.remove(right);
        }
    }

    /** Hears of sessions what does not concern their own standing. */
    abstract static class Hearing implements Session.Owner {
        private final Correspondence correspondence;

        Hearing(Correspondence correspondence) {
            this.correspondence = correspondence;
        }

        @Override
        public void presence(Principal watcher, PresenceDocument document) {
            correspondence.presence(watcher, document);
        }

        @Override
        public void contact(Principal from, Principal to, ContactStep step) {
            correspondence.contact(from, to, step);
        }

        @Override
        public CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message) {
            return correspondence
                    .network
                    .bring(new Event.Said(sender, recipient, message))
                    .thenApply(Outcomes::of);
        }

        @Override
        public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
            correspondence.network.bring(new Event.Typing(sender, recipient, conversation, state));
        }

        @Override
        public void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt) {
            correspondence.network.bring(new Event.Acknowledged(sender, recipient, conversation, receipt));
        }
    }
}
