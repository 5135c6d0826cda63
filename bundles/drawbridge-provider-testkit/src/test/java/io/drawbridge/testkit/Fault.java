// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.SettingRefused;
import java.util.List;

/** Faults of plug-ins, each with the contract that finds it and a part of what is found. */
// A plan holds lambdas, of which the compiler cannot know that they hold nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Fault {
    NONE("", "", "", Plan.sound()),

    DESCRIBES_ITSELF_SLOWLY(
            "Description", "comesAtOnce", "description()", Plan.description(ProviderFaults::slowDescription)),
    DESCRIBES_NOTHING("Description", "comesAtOnce", "returned nothing", Plan.description(() -> null)),
    DESCRIBES_ITSELF_ANEW(
            "Description", "isTheSameEachTime", "and then", Plan.description(ProviderFaults::newDescription)),
    LEAVES_A_SETTING_UNEXPLAINED(
            "Description", "isWrittenForPeople", "colour", Plan.description(ProviderFaults::unexplainedSetting)),
    SHIPS_A_PASSWORD("Description", "shipsNoSecret", ".password", Plan.description(ProviderFaults::shippedPassword)),
    STARTS_A_THREAD_WHEN_MADE("Description", "startsNothing", "early-bird", Plan.made(ProviderFaults::startThread)),

    THROWS_AT_A_NUMBER(
            "Settings",
            "anyValueOfItsTypeIsTakenOrRefusedByItsKey",
            "ArithmeticException",
            Plan.settings(ProviderFaults::divideByNumber)),
    REFUSES_A_KEY_IT_DOES_NOT_DECLARE(
            "Settings",
            "anyValueOfItsTypeIsTakenOrRefusedByItsKey",
            "keepalive",
            Plan.settings(ProviderFaults::refuseUndeclaredKey)),
    REPEATS_THE_VALUE_IT_REFUSES(
            "Settings",
            "aRefusalStatesTheRuleAndNotTheValue",
            "999999999",
            Plan.settings(ProviderFaults::repeatRefusedValue)),
    CONNECTS_WHEN_OPENED("Settings", "openingStartsNothing", "status", Plan.account(SignInFaults::connectsWhenOpened)),

    NEVER_SIGNS_IN("SigningIn", "anAccountSignsIn", "in vain", Plan.account(SignInFaults::neverSignsIn)),
    BLOCKS_IN_CONNECT(
            "SigningIn", "connectReturnsEvenIfNobodyAnswers", "connect()", Plan.account(SignInFaults::blocksInConnect)),
    SIGNS_IN_AFTER_IT_CLOSED(
            "SigningIn", "anAccountClosesWhileItSignsIn", "status", Plan.account(SignInFaults::signsInAfterItClosed)),
    KEEPS_A_LOSS_TO_ITSELF(
            "SigningIn", "aLossIsToldAndTheAccountWaits", "in vain", Plan.account(SignInFaults::keepsLossToItself)),
    TRIES_AGAIN_BY_ITSELF(
            "SigningIn", "aLossIsToldAndTheAccountWaits", "by itself", Plan.account(SignInFaults::triesAgainByItself)),
    SIGNS_IN_ONCE_ONLY(
            "SigningIn", "afterALossConnectSignsInAgain", "in vain", Plan.account(SignInFaults::signsInOnceOnly)),
    TAKES_A_REFUSAL_FOR_AN_OUTAGE(
            "SigningIn",
            "refusedCredentialsAreSaidSo",
            "DISCONNECTED",
            Plan.account(SignInFaults::takesRefusalForOutage)),

    NEVER_ANSWERS(
            "Deliveries", "aMessageIsHeardOnceAndItsSenderTold", "outcome", Plan.account(DeliveryFaults::neverAnswers)),
    ANSWERS_NOTHING(
            "Deliveries",
            "aMessageIsHeardOnceAndItsSenderTold",
            "not delivered",
            Plan.account(DeliveryFaults::answersNothing)),
    ANSWERS_WITH_AN_EXCEPTION(
            "Deliveries",
            "aMessageIsHeardOnceAndItsSenderTold",
            "not delivered",
            Plan.account(DeliveryFaults::answersWithException)),
    ANSWERS_TWICE(
            "Deliveries",
            "aMessageIsHeardOnceAndItsSenderTold",
            "it answered twice",
            Plan.account(DeliveryFaults::answersTwice)),
    SENDS_TWICE(
            "Deliveries", "aMessageIsHeardOnceAndItsSenderTold", "2 times", Plan.account(DeliveryFaults::sendsTwice)),
    SAYS_DELIVERED_AND_SENDS_NOTHING(
            "Deliveries", "aMessageIsHeardOnceAndItsSenderTold", "in vain", Plan.account(DeliveryFaults::lies)),
    BLOCKS_IN_DELIVER("Deliveries", "deliverNeverBlocks", "deliver()", Plan.account(DeliveryFaults::blocksInDeliver)),
    SENDS_IN_ANY_ORDER(
            "Deliveries", "messagesKeepTheirOrder", "number 1, number 0", Plan.account(DeliveryFaults::anyOrder)),
    CUTS_LONG_MESSAGES("Deliveries", "theLongestMessageIsNotCut", "[100]", Plan.account(DeliveryFaults::cutsMessages)),
    LETS_A_LINE_BREAK_OUT(
            "Deliveries", "noTextBreaksOutOfItsMessage", "QUIT", Plan.account(DeliveryFaults::breaksLines)),
    THROWS_AT_HALF_A_PAIR(
            "Deliveries", "noTextBreaksOutOfItsMessage", "deliver() threw", Plan.account(DeliveryFaults::strictText)),
    THROWS_AT_A_SUBJECT(
            "Deliveries",
            "aMessageWithEverythingHarmsNothing",
            "deliver() threw",
            Plan.account(DeliveryFaults::throwsAtSubject)),
    THROWS_AT_ODD_ADDRESSES(
            "Deliveries",
            "anyRecipientIsWrittenToOrFails",
            "deliver() threw",
            Plan.account(DeliveryFaults::strictAddress)),
    MIXES_USERS_UP("Deliveries", "usersAreKeptApart", "the account's user", Plan.account(ArrivalFaults::mixesUsersUp)),
    LOGS_ITS_PASSWORD("Deliveries", "secretsAreNotShown", "logged", Plan.account(DeliveryFaults::logsPassword)),
    SHOWS_ITS_PASSWORD("Deliveries", "secretsAreNotShown", "status", Plan.account(DeliveryFaults::showsPassword)),

    FORGES_SENDERS(
            "Arrivals",
            "aMessageComesOnceAndFromItsWriter",
            "not at a domain",
            Plan.account(ArrivalFaults::forgesSenders)),
    BRINGS_MESSAGES_TWICE(
            "Arrivals", "aMessageComesOnceAndFromItsWriter", "2 times", Plan.account(ArrivalFaults::bringsTwice)),
    REPEATS_IDENTIFIERS(
            "Arrivals", "eachMessageHasItsOwnIdentifier", "[7]", Plan.account(ArrivalFaults::repeatsIdentifiers)),
    LEAVES_AT_A_REFUSAL(
            "Arrivals", "aRefusedMessageEndsNothing", "the account is", Plan.account(ArrivalFaults::leavesAtRefusal)),
    WAITS_FOR_DECISIONS(
            "Arrivals", "aSlowDecisionHoldsNothingUp", "its own work", Plan.account(ArrivalFaults::waitsForDecisions)),

    DECLARES_WHAT_IT_CANNOT(
            "Abilities", "whatIsDeclaredIsThere", "CONTACTS", Plan.description(ProviderFaults::declaresTooMuch)),
    CANNOT_WHAT_IT_DECLARES_NOT(
            "Abilities", "whatIsThereIsDeclared", "TYPING", Plan.description(ProviderFaults::declaresTooLittle)),
    THROWS_IN_AN_ABILITY(
            "Abilities", "anAbilityTakesEveryCall", "typing() threw", Plan.account(DeliveryFaults::throwsInTyping)),
    SHOWS_NOTHING("Abilities", "whatIsShownIsSeen", "user there", Plan.account(ArrivalFaults::showsNothing)),
    SHOWS_FOR_EVER("Abilities", "whatIsShownIsSeen", "user gone", Plan.account(ArrivalFaults::showsForEver)),
    TELLS_NO_PRESENCE("Abilities", "whoWatchesIsTold", "in vain", Plan.account(ArrivalFaults::tellsNoPresence)),

    LEAVES_A_THREAD("Ending", "closingLetsGoOfEveryThread", "left-over", Plan.account(EndFaults::leavesThread)),
    CLOSES_ONCE_ONLY("Ending", "closingTwiceIsHarmless", "second close", Plan.account(EndFaults::closesOnceOnly)),
    CLOSES_WHEN_CONNECTED_ONLY(
            "Ending",
            "closingBeforeConnectingIsHarmless",
            "close() threw",
            Plan.account(EndFaults::closesWhenConnectedOnly)),
    SPEAKS_AFTER_CLOSE("Ending", "anAccountIsSilentAfterClose", "status", Plan.account(EndFaults::speaksAfterClose)),
    IS_SURPRISED_BY_ITS_END(
            "Ending",
            "closingWhileTheNetworkSpeaksThrowsNothingPastAnybody",
            "IllegalStateException",
            Plan.account(EndFaults::surprisedByEnd)),

    ANSWERS_BEFORE_IT_HAS_SENT(
            "Swapping",
            "nothingIsLostOrDoubledWhenItIsReplaced",
            "never heard",
            Plan.account(EndFaults::answersTooSoon)),
    STAYS_FOR_EVER("Swapping", "itsClassesLeaveWithIt", "still held", Plan.account(EndFaults::staysForEver)),

    IMPORTS_INTERNALS(
            "Bundle",
            "itUsesNothingElseOfDrawbridge",
            "io.drawbridge.api.policy",
            Plan.imports("io.drawbridge.api.policy;version=\"[1.0,2)\"")),
    IMPORTS_ANY_VERSION(
            "Bundle", "itSaysWhichVersionsItWorksWith", "io.drawbridge.api.provider", Plan.importsAnyVersion()),
    NEEDS_A_LIBRARY("Bundle", "itBringsItsLibrariesAlong", "com.example.json", Plan.imports("com.example.json")),
    REGISTERS_NOTHING("Bundle", "itRegistersAProvider", "neither", Plan.registersNothing()),
    BRINGS_THE_CONTRACT_ALONG(
            "Bundle",
            "itDoesNotBringTheContract",
            "io.drawbridge.api.provider",
            Plan.packs("io/drawbridge/api/provider/Account.class"));

    private final String group;
    private final String contract;
    private final String found;
    private final Plan plan;

    Fault(String group, String contract, String found, Plan plan) {
        this.group = group;
        this.contract = contract;
        this.found = found;
        this.plan = plan;
    }

    /** Returns the group of the contract that finds it. */
    String group() {
        return group;
    }

    /** Returns the contract that finds it. */
    String contract() {
        return contract;
    }

    /** Returns a part of what is found. */
    String found() {
        return found;
    }

    void made() {
        plan.made().run();
    }

    ProviderDescription description() {
        return plan.description().get();
    }

    void check(AccountSettings settings) throws SettingRefused {
        plan.check().check(settings);
    }

    Account account(AccountSettings settings, AccountContext context) {
        return plan.account().apply(settings, context);
    }

    List<String> manifest() {
        return plan.manifest();
    }

    List<String> packed() {
        return plan.packed();
    }
}
