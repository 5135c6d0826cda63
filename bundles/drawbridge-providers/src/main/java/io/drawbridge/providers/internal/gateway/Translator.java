// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.gateway;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.partner.NetworkAddresses.Answer;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AddressAbility;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.providers.internal.account.Outcomes;
import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.Misbehaviour;
import io.drawbridge.providers.internal.plugin.PluginThreads;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * One plug-in's code for addresses: runs it on the plug-in's threads, each call with a time limit, and keeps what it
 * answered. Thread-safe.
 */
public final class Translator implements AutoCloseable {
    /** How long an answer may take. */
    public static final Duration LIMIT = Duration.ofSeconds(1);

    static final int MOST_KNOWN = 10_000;
    static final int MOST_UNDER_WAY = 1000;

    /** Names no network has are not worth keeping, and would fill the memory. */
    static final int LONGEST_KEPT = 256;

    private final AddressAbility code;
    private final PluginThreads threads;
    private final Conduct conduct;
    private final Time time;
    private final Predicate<Address> isOfTheProvider;
    private final Map<Question, Answer> known = new Recent();
    private final ConcurrentMap<Question, CompletableFuture<Optional<Answer>>> underWay = new ConcurrentHashMap<>();

    /** What is asked: of which way, and about whom. */
    private record Question(Direction way, Address address) {}

    /**
     * Starts with nothing known.
     *
     * @param code the plug-in's
     * @param threads where it runs
     * @param conduct hears when it breaks a rule
     * @param isOfTheProvider whether an address is at one of the provider's domains
     */
    public Translator(
            AddressAbility code,
            PluginThreads threads,
            Conduct conduct,
            Time time,
            Predicate<Address> isOfTheProvider) {
        this.code = code;
        this.threads = threads;
        this.conduct = conduct;
        this.time = time;
        this.isOfTheProvider = isOfTheProvider;
    }

    /**
     * Asks what somebody is called at the other end.
     *
     * @return completes once and never exceptionally, on any thread; with nothing if the plug-in's threads have ended, and
     *     another is to be asked
     */
    public CompletionStage<Optional<Answer>> ask(Direction way, Address address) {
        Question question = new Question(way, address);
        Optional<Answer> before = known(question);
        if (before.isPresent()) {
            return CompletableFuture.completedFuture(before);
        }
        if (underWay.size() >= MOST_UNDER_WAY) {
            return CompletableFuture.completedFuture(
                    Optional.of(Answer.refused(Reason.OVERLOADED, Reason.OVERLOADED.text())));
        }
        CompletableFuture<Optional<Answer>> answer = new CompletableFuture<>();
        CompletableFuture<Optional<Answer>> asked = underWay.putIfAbsent(question, answer);
        if (asked != null) {
            return asked;
        }
        Runnable disarm = time.after(
                LIMIT,
                () -> answer.complete(Optional.of(
                        Answer.refused(Reason.PROVIDER_FAILED, "the plug-in did not answer within a second"))));
        answer.whenComplete((done, none) -> {
            underWay.remove(question);
            disarm.run();
        });
        if (!threads.lane().offer(() -> answer.complete(Optional.of(answered(question))))) {
            answer.complete(Optional.empty());
        }
        return answer;
    }

    /** Returns what is known and still holds: the administrator may have taken a domain from the provider. */
    private Optional<Answer> known(Question question) {
        synchronized (known) {
            return Optional.ofNullable(known.get(question))
                    .filter(answer ->
                            answer.address().map(isOfTheProvider::test).orElse(true));
        }
    }

    private Answer answered(Question question) {
        Address plain;
        try {
            plain = UserPart.plain(question.address());
        } catch (IllegalArgumentException unreadable) {
            return kept(question, Answer.refused(Reason.ADDRESS_UNKNOWN_THERE, unreadable.getMessage()));
        }
        boolean outwards = question.way() == Direction.OUTBOUND;
        String call = outwards ? "toNetwork" : "fromNetwork";
        Address[] given = new Address[1];
        String[] rule = new String[1];
        boolean returned = threads.call(call, LIMIT, () -> {
            try {
                given[0] = outwards ? code.toNetwork(plain) : code.fromNetwork(plain);
            } catch (AddressRefused refused) {
                rule[0] = Outcomes.oneLine(refused.getMessage());
            }
        });
        if (!returned) {
            return Answer.refused(Reason.PROVIDER_FAILED, "the plug-in threw");
        }
        if (rule[0] != null) {
            return kept(question, Answer.refused(Reason.ADDRESS_UNKNOWN_THERE, rule[0]));
        }
        if (given[0] == null || !isOfTheProvider.test(given[0])) {
            conduct.note(
                    Misbehaviour.BROKE_RULE, call + " answers " + (given[0] == null ? "nothing" : "a strange domain"));
            return Answer.refused(Reason.PROVIDER_FAILED, "the plug-in answered no address of its network");
        }
        // What the plug-in did not change stays as it was escaped.
        return kept(question, Answer.of(given[0].equals(plain) ? question.address() : UserPart.escaped(given[0])));
    }

    private Answer kept(Question question, Answer answer) {
        boolean isShort = question.address().user().length() <= LONGEST_KEPT
                && answer.address()
                        .filter(given -> given.user().length() > LONGEST_KEPT)
                        .isEmpty();
        if (isShort) {
            synchronized (known) {
                known.put(question, answer);
            }
        }
        return answer;
    }

    /** Returns what completes when everything that was asked is answered. */
    public CompletableFuture<Void> finished() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new));
    }

    /** Notes calls that should have returned; to be called about every second. */
    public void watch() {
        threads.watch();
    }

    /** Returns where its code runs. */
    public PluginThreads threads() {
        return threads;
    }

    /** Ends its threads; calls that have not returned are interrupted, and what they were asked is not answered here. */
    @Override
    public void close() {
        threads.close();
        underWay.values().forEach(answer -> answer.complete(Optional.empty()));
    }

    /** The answers asked for last. */
    private static final class Recent extends LinkedHashMap<Question, Answer> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
            return size() > MOST_KNOWN;
        }
    }
}
