// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.ContactsAbility;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.ReceiptsAbility;
import io.drawbridge.api.provider.TypingAbility;
import io.drawbridge.testkit.Journal.Callee;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a provider declares that it can, and what it denies. */
abstract class AbilityClauses extends StagedClauses {
    private static final Map<Capability, Class<?>> ABILITIES = Map.of(
            Capability.PRESENCE, PresenceAbility.class,
            Capability.CONTACTS, ContactsAbility.class,
            Capability.TYPING, TypingAbility.class,
            Capability.RECEIPTS, ReceiptsAbility.class);

    AbilityClauses(ProviderContract vendor) {
        super(vendor);
    }

    private Account opened() {
        stage().configured(Stage.ALICE);
        stage().await("open()", () -> !stage().plugged().opened().isEmpty());
        return stage().plugged().opened().get(0);
    }

    @Test
    @Clause(
            rule = "An ability that is declared is there",
            written = Account.class,
            remedy = "let the account implement the ability's interface, or take the capability out of the description")
    void whatIsDeclaredIsThere() {
        Account account = opened();
        ABILITIES.forEach((capability, ability) -> Finding.unless(
                !declares(capability) || ability.isInstance(account),
                "%s is declared, and the account is no %s",
                capability,
                ability.getSimpleName()));
    }

    @Test
    @Clause(
            rule = "An ability that is there is declared",
            written = Account.class,
            remedy = "add the capability to the description, or do without the interface")
    void whatIsThereIsDeclared() {
        Account account = opened();
        ABILITIES.forEach((capability, ability) -> Finding.unless(
                declares(capability) || !ability.isInstance(account),
                "the account is a %s, and %s is not declared",
                ability.getSimpleName(),
                capability));
    }

    private boolean declares(Capability capability) {
        return vendor().described().capabilities().contains(capability);
    }

    @Test
    @Clause(
            rule = "A declared ability takes every call of its kind",
            written = Account.class,
            remedy = "leave out what the network cannot say; throw nothing")
    void anAbilityTakesEveryCall() {
        stage().signedIn(Stage.ALICE);
        Principal contact = vendor().contactPrincipal();
        Instance alice = Instance.anyOf(Stage.ALICE);
        Instance other = new Instance(contact, "an instance \uD83D\uDE00");
        for (Composing state : Composing.values()) {
            stage().deliver(new Event.Typing(alice, other, "talk", state));
        }
        for (Receipt.Kind kind : Receipt.Kind.values()) {
            stage().deliver(new Event.Acknowledged(alice, other, "", new Receipt("an id nobody knows", kind)));
        }
        for (Availability availability : Availability.values()) {
            stage().deliver(new Event.Presence(contact, shown(availability)));
        }
        stage().deliver(new Event.Presence(contact, PresenceDocument.offline(Stage.ALICE)));
        for (Event.Step step : Event.Step.values()) {
            stage().deliver(new Event.Authorization(Stage.ALICE, contact, step, ""));
        }
        for (boolean open : new boolean[] {true, true, false, false}) {
            stage().deliver(new Event.Watch(Stage.ALICE, contact, open));
        }
        stage().says(Stage.ALICE, "still there");
        stage().await("the message to be heard", () -> vendor().heard().contains("still there"));
        stage().judge();
    }

    private static PresenceDocument shown(Availability availability) {
        return new PresenceDocument(
                Stage.ALICE,
                List.of(InstancePresence.of("", availability), InstancePresence.of("a \"second\"", availability)));
    }

    @Test
    @Clause(
            rule = "Who watches is told what is known at once, and again when asked again",
            written = PresenceAbility.class,
            remedy = "answer watch() with context.presence(), with PresenceDocument.offline() if nobody is there")
    void whoWatchesIsTold() {
        Assumptions.assumeTrue(declares(Capability.PRESENCE), "the network has no presence");
        stage().signedIn(Stage.ALICE);
        stage().deliver(new Event.Watch(Stage.ALICE, vendor().contactPrincipal(), true));
        stage().await("the presence of the contact", () -> told() > 0);
        long before = told();
        stage().deliver(new Event.Watch(Stage.ALICE, vendor().contactPrincipal(), true));
        stage().await("the presence of the contact once more", () -> told() > before);
        stage().judge();
    }

    @Test
    @Clause(
            rule = "A contact sees what a user shows it, until nothing is shown any more",
            written = PresenceAbility.class,
            remedy =
                    "pass on each show(): the document is all there is to see, and PresenceDocument.offline() is nothing")
    void whatIsShownIsSeen() {
        Assumptions.assumeTrue(declares(Capability.PRESENCE), "the network has no presence");
        stage().signedIn(Stage.ALICE);
        stage().deliver(new Event.Presence(vendor().contactPrincipal(), shown(Availability.AVAILABLE)));
        stage().await("the contact to see the user there", this::isSeen);
        stage().deliver(new Event.Presence(vendor().contactPrincipal(), PresenceDocument.offline(Stage.ALICE)));
        stage().await("the contact to see the user gone", () -> !isSeen());
        stage().judge();
    }

    private boolean isSeen() {
        return vendor().seesThere(Stage.ALICE.toString());
    }

    private long told() {
        return stage().journal().calls(Callee.CONTEXT, "presence").stream()
                .map(call -> (PresenceDocument) call.arguments().get(1))
                .filter(document -> document.presentity().equals(vendor().contactPrincipal()))
                .count();
    }
}
