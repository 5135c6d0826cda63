// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.TlsDemands;
import java.util.Locale;
import java.util.function.Supplier;

/** Faults of providers with a gateway, each with the contract that finds it and a part of what is found. */
@SuppressWarnings("ImmutableEnumChecker") // Lambdas that hold nothing that changes, which the compiler cannot know.
enum GatewayFault {
    NONE("", "", "", sound()),
    DESCRIBES_ITSELF_SLOWLY("Description", "comesAtOnce", "description()", described(ProviderFaults::slowDescription)),
    DECIDES_ITS_GATEWAY_SLOWLY("Presets", "comesAtOnce", "gateway()", gateway(() -> {
        ProviderFaults.block(1500);
        return Gateway.at("sip.screen.example");
    })),
    NAMES_NO_GATEWAY("Presets", "comesAtOnce", "nothing", gateway(() -> null)),
    NAMES_ANOTHER_GATEWAY_EACH_TIME(
            "Presets",
            "isTheSameEachTime",
            "and then another",
            gateway(() -> Gateway.at("sip" + System.nanoTime() + ".screen.example"))),
    HAS_SETTINGS("Presets", "hasNoSettings", "colour", described(() -> description()
            .settings(Setting.optional("colour", Setting.Type.TEXT, "blue", "Its colour."))
            .build())),
    NAMES_ITS_GATEWAY_BY_ADDRESS(
            "Presets", "isNamedByItsFqdn", "127.0.0.1", gateway(() -> Gateway.at("127.0.0.1:5061"))),
    NAMES_CIPHER_SUITES_AS_OPENSSL_DOES(
            "Presets", "namesCipherSuitesAsIanaDoes", "AES128-SHA", gateway(() -> Gateway.at("sip.screen.example")
                    .demanding(TlsDemands.clientPurpose("AES128-SHA")))),
    DECORATES_ELSEWHERE(
            "Presets", "decoratesAtOneOfItsDomains", "else.example", gateway(() -> Gateway.at("sip.screen.example")
                    .decorating(Decoration.at("else.example")))),
    REFUSES_ORDINARY_PEOPLE("Addresses", "ordinaryAddressesAreTranslated", "is refused", translating(address -> {
        throw new AddressRefused("nobody is good enough");
    })),
    COUNTS_ITS_ANSWERS(
            "Addresses",
            "translationsArePure",
            "another answer",
            translating(address -> new Address(address.user() + System.nanoTime(), address.domain()))),
    ANSWERS_ELSEWHERE(
            "Addresses",
            "translationsStayAtItsDomains",
            "else.example",
            translating(address -> new Address(address.user(), DomainName.of("else.example")))),
    LOSES_THE_WAY_BACK(
            "Addresses",
            "answersFindTheirWayBack",
            "their answer goes to",
            translating(address -> new Address("x" + address.user(), address.domain()))),
    THROWS_AT_ODD_ADDRESSES("Addresses", "oddAddressesAreTranslatedOrRefused", "it threw", translating(address -> {
        if (address.user().isBlank()) {
            throw new IllegalArgumentException("blank");
        }
        return screenName(address);
    })),
    REPEATS_THE_ADDRESS_IT_REFUSES(
            "Addresses", "oddAddressesAreTranslatedOrRefused", "holds the address", translating(address -> {
                if (address.user().contains(" ")) {
                    throw new AddressRefused(address.user() + " has a space");
                }
                return screenName(address);
            }));

    private final String group;
    private final String contract;
    private final String found;
    private final Plan plan;

    GatewayFault(String group, String contract, String found, Plan plan) {
        this.group = group;
        this.contract = contract;
        this.found = found;
        this.plan = plan;
    }

    /** How a provider behaves. */
    record Plan(Supplier<ProviderDescription> description, Supplier<Gateway> gateway, AddressAbility addresses) {}

    private static ProviderDescription.Builder description() {
        return ProviderDescription.of("screen", "Screen network").domains("screen.example");
    }

    private static Plan sound() {
        ProviderDescription description = description().build();
        Gateway gateway = Gateway.at("sip.screen.example").decorating(Decoration.at("screen.example"));
        return new Plan(() -> description, () -> gateway, GatewayFault::screenName);
    }

    private static Plan described(Supplier<ProviderDescription> description) {
        return new Plan(description, sound().gateway(), sound().addresses());
    }

    private static Plan gateway(Supplier<Gateway> gateway) {
        return new Plan(sound().description(), gateway, sound().addresses());
    }

    private static Plan translating(AddressAbility addresses) {
        return new Plan(sound().description(), sound().gateway(), addresses);
    }

    /** On this network names are in lower case and without spaces. */
    private static Address screenName(Address address) throws AddressRefused {
        String name = address.user().toLowerCase(Locale.ROOT).replace(" ", "");
        if (name.isEmpty()) {
            throw new AddressRefused("has a name before the @");
        }
        return new Address(name, address.domain());
    }

    String group() {
        return group;
    }

    String contract() {
        return contract;
    }

    String found() {
        return found;
    }

    Plan plan() {
        return plan;
    }
}
