// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.GatewayProvider;
import io.drawbridge.testkit.Journal.Callee;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** How addresses are written on a network, where only code can tell. */
abstract class AddressClauses extends Clauses<GatewayContract> {
    private static final int THREADS = 4;
    private static final List<String> ODD_USERS = List.of(
            "",
            " ",
            "two words",
            "(",
            ")",
            "a(b",
            "a)b(c",
            "a,b;c:d/e",
            "\"'<>&\\%",
            "%28%29",
            "@",
            "a@b",
            "émile😀",
            "\uD800",
            "x".repeat(1024));

    AddressClauses(GatewayContract vendor) {
        super(vendor);
    }

    private AddressAbility ability() {
        GatewayProvider provider = vendor().provider();
        if (provider instanceof AddressAbility ability) {
            return ability;
        }
        throw new TestAbortedException("the network writes addresses as own users do");
    }

    private List<Address> samples() {
        return vendor().addresses().stream().map(Address::of).toList();
    }

    /** Returns the translation, or empty if it is refused. */
    private static Optional<Address> toNetwork(AddressAbility ability, Address address) {
        try {
            Address answer = ability.toNetwork(address);
            Finding.unless(answer != null, "toNetwork(%s) returned nothing", address);
            return Optional.of(answer);
        } catch (AddressRefused refused) {
            requireRule(refused, address);
            return Optional.empty();
        }
    }

    private static Optional<Address> fromNetwork(AddressAbility ability, Address address) {
        try {
            Address answer = ability.fromNetwork(address);
            Finding.unless(answer != null, "fromNetwork(%s) returned nothing", address);
            return Optional.of(answer);
        } catch (AddressRefused refused) {
            requireRule(refused, address);
            return Optional.empty();
        }
    }

    private static void requireRule(AddressRefused refused, Address address) {
        String rule = refused.getMessage();
        Finding.unless(rule != null && !rule.isBlank(), "for %s the rule is empty", address);
        Finding.unless(
                address.user().length() < 4 || !rule.contains(address.user()),
                "for %s the rule holds the address: '%s'",
                address,
                rule);
    }

    @Test
    @Clause(
            rule = "The addresses that people write have a form on the network",
            written = AddressAbility.class,
            remedy = "translate what the network can say; override addresses() if its people are called otherwise")
    void ordinaryAddressesAreTranslated() {
        AddressAbility ability = ability();
        samples().forEach(address -> Finding.unless(toNetwork(ability, address).isPresent(), "%s is refused", address));
    }

    @Test
    @Clause(
            rule = "A translation is pure: the same address gives the same answer, at any time, on any thread",
            written = AddressAbility.class,
            remedy = "compute the answer from the address alone, without fields that change")
    void translationsArePure() {
        AddressAbility ability = ability();
        List<Address> samples = samples();
        List<Optional<Address>> first =
                samples.stream().map(address -> toNetwork(ability, address)).toList();
        Queue<String> different = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> compare(ability, samples, first, different), "drawbridge-testkit-asking"));
        }
        threads.forEach(Thread::start);
        threads.forEach(AddressClauses::join);
        Finding.unless(
                vendor().output().uncaught().isEmpty(),
                "it threw %s",
                vendor().output().uncaught());
        Finding.unless(different.isEmpty(), "another answer came for %s", different.peek());
    }

    private static void compare(
            AddressAbility ability, List<Address> samples, List<Optional<Address>> first, Queue<String> different) {
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < samples.size(); i++) {
                if (!toNetwork(ability, samples.get(i)).equals(first.get(i))) {
                    different.add(samples.get(i).toString());
                }
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Clause(
            rule = "Answers are at the provider's domains",
            written = AddressAbility.class,
            remedy = "change what stands before the @ only, or move between the provider's own domains")
    void translationsStayAtItsDomains() {
        AddressAbility ability = ability();
        for (Address address : samples()) {
            toNetwork(ability, address).ifPresent(this::requireOwnDomain);
            fromNetwork(ability, address).ifPresent(this::requireOwnDomain);
        }
    }

    private void requireOwnDomain(Address answer) {
        Finding.unless(vendor().described().domains().contains(answer.domain()), "it answered %s", answer);
    }

    @Test
    @Clause(
            rule = "What own users see of an address of the network leads back to it",
            written = AddressAbility.class,
            remedy = "let toNetwork() take what fromNetwork() gives, and answer the address the network wrote")
    void answersFindTheirWayBack() {
        AddressAbility ability = ability();
        for (Address address : samples()) {
            toNetwork(ability, address).ifPresent(known -> {
                Address shown = fromNetwork(ability, known)
                        .orElseThrow(() -> new Finding("it refuses " + known + ", which it made itself"));
                Finding.unless(
                        toNetwork(ability, shown).equals(Optional.of(known)),
                        "the network writes %s, own users see %s, and their answer goes to %s",
                        known,
                        shown,
                        toNetwork(ability, shown));
            });
        }
    }

    @Test
    @Clause(
            rule = "Any address is translated within a second, or refused by AddressRefused with a rule",
            written = AddressAbility.class,
            remedy = "throw AddressRefused for what the network cannot name, and nothing else")
    void oddAddressesAreTranslatedOrRefused() {
        AddressAbility plain = ability();
        try (LeapingTime time = new LeapingTime()) {
            Journal journal = new Journal(time);
            AddressAbility ability = (AddressAbility) journal.watched(Callee.PLUGIN, plain, AddressAbility.class);
            for (DomainName domain : vendor().described().domains()) {
                for (String user : ODD_USERS) {
                    Address address = new Address(user, domain);
                    try {
                        toNetwork(ability, address).ifPresent(this::requireOwnDomain);
                        fromNetwork(ability, address).ifPresent(this::requireOwnDomain);
                    } catch (RuntimeException thrown) {
                        throw new Finding("for '" + address + "' it threw " + thrown, thrown);
                    }
                }
            }
            journal.requireGoodConduct();
        }
    }
}
