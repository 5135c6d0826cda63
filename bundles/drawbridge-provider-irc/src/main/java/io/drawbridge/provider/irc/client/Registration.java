// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.provider.irc.line.Line;
import java.util.Locale;

/**
 * From the first line to the end of the greeting: capabilities, proof, nick (RFC 1459 section 4.1, IRCv3
 * capability-negotiation, sasl-3.2).
 */
final class Registration {
    private static final int MOST_NICKS = 5;

    /** How far it has come. */
    enum Phase {
        /** The server is asked for its extensions. */
        LISTING,
        /** Extensions are asked for. */
        REQUESTING,
        /** The account proves itself. */
        PROVING,
        /** The server is to welcome. */
        ENTERING,
        /** It has welcomed and tells of itself. */
        GREETED,
        /** Signed in. */
        DONE,
        /** It came to nothing. */
        FAILED
    }

    private final Identity identity;
    private final Capabilities capabilities;
    private final Ear ear;
    private Phase phase = Phase.LISTING;
    private String nick;
    private int nicksTried = 1;

    /** What registration says and needs. */
    interface Ear {
        void send(Line line);

        /** It is signed in. */
        void entered();

        void failed(Farewell why);
    }

    Registration(Identity identity, Capabilities capabilities, Ear ear) {
        this.identity = identity;
        this.capabilities = capabilities;
        this.ear = ear;
        nick = identity.nick();
    }

    void begin() {
        capabilities.begin();
        if (!identity.serverPassword().isEmpty()) {
            ear.send(Line.of("PASS", identity.serverPassword()));
        }
        ear.send(Line.of("NICK", nick));
        ear.send(Line.of("USER", userName(), "0", "*", identity.realName()));
    }

    private String userName() {
        String plain = identity.nick().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.isEmpty() ? "user" : plain.substring(0, Math.min(plain.length(), 9));
    }

    Phase phase() {
        return phase;
    }

    /** Takes a line that concerns it, or does not. */
    void take(Line line) {
        switch (line.command()) {
            case "CAP" -> negotiated(capabilities.take(line));
            case "AUTHENTICATE" -> invited(line);
            // RPL_LOGGEDIN comes too, and only this ends it; ERR_SASLALREADY is as good.
            case "903", "907" -> proved();
            case "001" -> welcomed();
            // RPL_ENDOFMOTD, ERR_NOMOTD
            case "376", "422" -> greeted();
            // ERR_NICKNAMEINUSE, ERR_NICKCOLLISION, ERR_UNAVAILRESOURCE
            case "433", "436", "437" -> otherNick();
            default -> {
                if (phase.compareTo(Phase.GREETED) < 0) {
                    Farewell.numeric(line.command(), line.last()).ifPresent(this::fail);
                }
            }
        }
    }

    private void negotiated(Capabilities.Step step) {
        if (phase == Phase.LISTING) {
            phase = Phase.REQUESTING;
        }
        if (phase != Phase.REQUESTING || step != Capabilities.Step.SETTLED) {
            return;
        }
        if (identity.proof() == Identity.Proof.NONE) {
            enter();
        } else if (!capabilities.has(Capabilities.SASL)) {
            fail(Farewell.of(
                    AccountStatus.DISCONNECTED, "the network offers no SASL, so the account cannot prove itself"));
        } else if (capabilities
                .mechanisms()
                .filter(all -> !all.contains(mechanism()))
                .isPresent()) {
            fail(Farewell.of(AccountStatus.BAD_CREDENTIALS, "the network does not take SASL " + mechanism()));
        } else {
            phase = Phase.PROVING;
            ear.send(Line.of("AUTHENTICATE", mechanism()));
        }
    }

    private String mechanism() {
        return identity.proof().name();
    }

    private void invited(Line line) {
        if (phase == Phase.PROVING && line.param(0).equals("+")) {
            Sasl.answer(identity).forEach(ear::send);
        }
    }

    private void proved() {
        if (phase == Phase.PROVING) {
            enter();
        }
    }

    private void enter() {
        phase = Phase.ENTERING;
        ear.send(Line.of("CAP", "END"));
    }

    /** A server that knows no capabilities welcomes without a word of them. */
    private void welcomed() {
        if (phase.compareTo(Phase.ENTERING) < 0 && identity.proof() != Identity.Proof.NONE) {
            fail(Farewell.of(
                    AccountStatus.DISCONNECTED, "the network offers no SASL, so the account cannot prove itself"));
        } else if (phase.compareTo(Phase.GREETED) < 0) {
            phase = Phase.GREETED;
        }
    }

    private void greeted() {
        if (phase == Phase.GREETED) {
            phase = Phase.DONE;
            ear.entered();
        }
    }

    /** Somebody has the nick, maybe this account's own last connection: another one nearby will do until it is free. */
    private void otherNick() {
        if (phase.compareTo(Phase.GREETED) >= 0) {
            return;
        }
        if (nicksTried == MOST_NICKS) {
            fail(Farewell.of(AccountStatus.REPLACED, "the nick and others like it are in use"));
            return;
        }
        String tail = "_".repeat(nicksTried);
        // Nine is what every server takes (RFC 1459 section 1.2), and how many it takes it has not said yet.
        String head = identity.nick()
                .substring(0, Math.min(identity.nick().length(), Math.max(9, nick.length()) - tail.length()));
        nick = head + tail;
        nicksTried++;
        ear.send(Line.of("NICK", nick));
    }

    private void fail(Farewell why) {
        if (phase != Phase.FAILED) {
            phase = Phase.FAILED;
            ear.failed(why);
        }
    }
}
