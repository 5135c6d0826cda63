// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.provider.irc.line.Line;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the numerics mean that refuse a message. */
final class Conditions {
    private static final Duration A_LITTLE = Duration.ofSeconds(60);

    private static final Map<String, Refusal> NUMERICS = Map.ofEntries(
            // Nobody has the nick now: whoever it belongs to may come back.
            entry("401", Condition.RECIPIENT_UNAVAILABLE, "nobody of that nick is signed in"),
            entry("402", Condition.REMOTE_SERVER_NOT_FOUND, "the network does not know the server"),
            entry("404", Condition.FORBIDDEN, "the recipient does not take it"),
            entry("406", Condition.RECIPIENT_UNAVAILABLE, "nobody of that nick is signed in"),
            entry("407", Condition.NOT_ACCEPTABLE, "too many recipients"),
            entry("408", Condition.NOT_ACCEPTABLE, "the network does not take the content"),
            entry("411", Condition.BAD_REQUEST, "the network saw no recipient"),
            entry("412", Condition.BAD_REQUEST, "the network saw no text"),
            entry("413", Condition.NOT_ACCEPTABLE, "the network does not take the recipient"),
            entry("414", Condition.NOT_ACCEPTABLE, "the network does not take the recipient"),
            entry("415", Condition.NOT_ACCEPTABLE, "the network does not take the recipient"),
            entry("417", Condition.NOT_ACCEPTABLE, "the line was too long for the network"),
            entry("421", Condition.FEATURE_NOT_IMPLEMENTED, "the network does not know the command"),
            entry("432", Condition.JID_MALFORMED, "the recipient is not a nick"),
            entry("439", Condition.RESOURCE_CONSTRAINT, "the network asks for patience"),
            entry("263", Condition.RESOURCE_CONSTRAINT, "the network asks for patience"),
            entry("477", Condition.REGISTRATION_REQUIRED, "the recipient takes messages of registered nicks only"),
            entry("481", Condition.NOT_ALLOWED, "the network does not allow it"),
            entry("484", Condition.NOT_ALLOWED, "the network restricts this connection"),
            entry("486", Condition.REGISTRATION_REQUIRED, "the recipient takes messages of registered nicks only"),
            entry("489", Condition.FORBIDDEN, "the recipient takes messages over TLS only"),
            entry("492", Condition.NOT_ACCEPTABLE, "the recipient does not take it"),
            entry("531", Condition.FORBIDDEN, "the recipient does not take messages from this nick"),
            entry("716", Condition.FORBIDDEN, "the recipient takes messages only from those it accepted"));

    private Conditions() {}

    private record Refusal(Condition condition, String text) {
        Outcome outcome() {
            return new Outcome.Failed(
                    condition,
                    text,
                    condition == Condition.RESOURCE_CONSTRAINT ? Optional.of(A_LITTLE) : Optional.empty());
        }
    }

    private static Map.Entry<String, Refusal> entry(String numeric, Condition condition, String text) {
        return Map.entry(numeric, new Refusal(condition, text));
    }

    /** Returns the outcome of a message that was answered so; empty if that is no refusal. */
    static Optional<Outcome> of(Line line) {
        if (line.command().equals("FAIL")) {
            return Optional.of(Outcome.failed(Condition.NOT_ACCEPTABLE, "the network does not take it"));
        }
        Refusal known = NUMERICS.get(line.command());
        if (known == null && line.command().matches("[45][0-9]{2}")) {
            return Optional.of(Outcome.failed(Condition.UNDEFINED_CONDITION, "the network refused it"));
        }
        return Optional.ofNullable(known).map(Refusal::outcome);
    }

    /** Returns the command that a refusal names, in upper case; empty if it names none. */
    static Optional<String> command(Line line) {
        return switch (line.command()) {
            // RPL_TRYAGAIN, ERR_UNKNOWNCOMMAND, ERR_NEEDMOREPARAMS name it behind the own nick.
            case "263", "421", "461" -> Optional.of(line.param(1).toUpperCase(Locale.ROOT));
            // IRCv3 standard-replies: command, code, maybe what it is about, a text for people.
            case "FAIL" -> Optional.of(line.param(0).toUpperCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }
}
