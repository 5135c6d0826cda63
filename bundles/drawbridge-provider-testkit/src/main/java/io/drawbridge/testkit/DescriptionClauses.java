// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a provider says of itself. */
abstract class DescriptionClauses extends Clauses<Contract> {
    DescriptionClauses(Contract vendor) {
        super(vendor);
    }

    @Test
    @Clause(
            rule = "description() answers within a second and does no I/O",
            written = Provider.class,
            remedy = "keep the description in a constant")
    void comesAtOnce() {
        Finding.unless(vendor().atOnce(Provider::description) != null, "description() returned nothing");
    }

    @Test
    @Clause(
            rule = "The description is constant",
            written = Provider.class,
            remedy = "keep the description in a constant; what changes with the settings does not belong into it")
    void isTheSameEachTime() {
        Provider provider = vendor().provider();
        ProviderDescription first = provider.description();
        for (int i = 0; i < 3; i++) {
            ProviderDescription again = provider.description();
            Finding.unless(again.equals(first), "description() said %s, and then %s", first, again);
        }
        ProviderDescription other = vendor().described();
        Finding.unless(other.equals(first), "one object says %s, another %s", first, other);
    }

    @Test
    @Clause(
            rule = "What people read in the description is sentences they can use",
            written = ProviderDescription.class,
            remedy = "write the name, the form of addresses, and for each setting its meaning, unit and effect")
    void isWrittenForPeople() {
        ProviderDescription description = vendor().described();
        requireText("name", description.name());
        requireText("addressForm", description.addressForm());
        description.endOfLife().ifPresent(end -> requireText("endOfLife", end.what()));
        Stream.concat(description.settings().stream(), description.accountSettings().stream())
                .forEach(setting -> requireText("the description of " + setting.key(), setting.description()));
    }

    private static void requireText(String what, String text) {
        Finding.unless(text != null && !text.isBlank(), "%s is empty", what);
        Finding.unless(text.chars().noneMatch(Character::isISOControl), "%s holds a control character", what);
    }

    @Test
    @Clause(
            rule = "A secret has no fallback",
            written = Setting.class,
            remedy = "declare it with Setting.required, or with an empty fallback if the network can do without")
    void shipsNoSecret() {
        ProviderDescription description = vendor().described();
        Stream.concat(description.settings().stream(), description.accountSettings().stream())
                .filter(setting -> setting.type() == Setting.Type.SECRET)
                .forEach(setting ->
                        Finding.unless(setting.fallback().orElse("").isEmpty(), "%s has a fallback", setting.key()));
    }

    @Test
    @Clause(
            rule = "A provider that is registered promises nothing and starts nothing",
            written = Provider.class,
            remedy = "start threads and connections in connect(), for the account that needs them")
    void startsNothing() {
        Set<Thread> before = threads();
        Provider provider = vendor().provider();
        provider.description();
        Set<Thread> after = new HashSet<>(threads());
        after.removeAll(before);
        Finding.unless(after.isEmpty(), "these threads run before an account was opened: %s", names(after));
    }
}
