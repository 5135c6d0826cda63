// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is done when something is said in a state. Whatever is not in the table ends the stream.
 *
 * @param <S> the states
 */
final class Table<S extends Enum<S>> {
    private final Map<S, Map<Said, Step>> steps;

    Table(Class<S> states) {
        steps = new EnumMap<>(states);
    }

    /** What is done. */
    @FunctionalInterface
    interface Step {
        void take(Element element) throws StreamViolation;
    }

    Table<S> on(S state, Said said, Step step) {
        steps.computeIfAbsent(state, any -> new EnumMap<>(Said.class)).put(said, step);
        return this;
    }

    void take(S state, Element element) throws StreamViolation {
        Said said = Said.of(element);
        Step step = steps.getOrDefault(state, Map.of()).get(said);
        if (step == null) {
            throw refusal(said);
        }
        step.take(element);
    }

    private static StreamViolation refusal(Said said) {
        return switch (said) {
            // Answers to what nobody asked are an attempt to be taken for somebody else (XEP-0220 section 5).
            case RESULT, VERIFY -> new StreamViolation(StreamCondition.NOT_AUTHORIZED, "dialback out of turn");
            case UNKNOWN -> new StreamViolation(StreamCondition.UNSUPPORTED_STANZA_TYPE, "an unknown element");
            default -> new StreamViolation(StreamCondition.POLICY_VIOLATION, "negotiation out of turn");
        };
    }
}
