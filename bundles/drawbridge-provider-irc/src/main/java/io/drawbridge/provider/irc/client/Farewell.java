// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.provider.irc.line.Octets;
import io.drawbridge.provider.irc.line.Utterance;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a connection ends, and so when the next may be tried.
 *
 * @param status how the account stands now
 * @param detail for the administrator
 */
record Farewell(AccountStatus status, String detail) {
    private static final int LONGEST = 150;

    /** What servers write is for people and differs; these words are common to the families of servers. */
    private enum Wording {
        REPLACED(
                AccountStatus.REPLACED,
                "ghost|regain|recover|release|overrid|nick(name)? collision|new nick|replaced|logged in elsewhere"),
        BLOCKED(
                AccountStatus.BLOCKED,
                "\\b[a-z][-:]lined?\\b|akill|autokill|\\bban(ned)?\\b|suspended|blacklist|dnsbl"),
        THROTTLED(
                AccountStatus.THROTTLED,
                "throttl|too (fast|quickly|many)|slow down|try (again|reconnecting) later|\\bkill(ed)?\\b");

        private final AccountStatus status;
        private final Pattern words;

        Wording(AccountStatus status, String words) {
            this.status = status;
            this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        }
    }

    /** Returns what {@code ERROR} or {@code KILL} with this text means. */
    static Farewell said(String text) {
        for (Wording wording : Wording.values()) {
            if (wording.words.matcher(text).find()) {
                return of(wording.status, text);
            }
        }
        return of(AccountStatus.DISCONNECTED, text);
    }

    /** Returns what a numeric that comes before signing in has succeeded means; empty for those that end nothing. */
    static Optional<Farewell> numeric(String number, String text) {
        AccountStatus status =
                switch (number) {
                    // ERR_NICKLOCKED; ERR_NOPERMFORHOST, ERR_YOUREBANNEDCREEP
                    case "902", "463", "465" -> AccountStatus.BLOCKED;
                    // ERR_SASLFAIL, ERR_SASLTOOLONG; ERR_PASSWDMISMATCH; ERR_ERRONEUSNICKNAME
                    case "904", "905", "464", "432" -> AccountStatus.BAD_CREDENTIALS;
                    // ERR_SASLABORTED
                    case "906" -> AccountStatus.DISCONNECTED;
                    // ERR_YOUWILLBEBANNED
                    case "466" -> AccountStatus.THROTTLED;
                    default -> null;
                };
        return Optional.ofNullable(status).map(known -> of(known, text));
    }

    static Farewell of(AccountStatus status, String text) {
        return new Farewell(status, Octets.head(Utterance.plain(text), LONGEST));
    }
}
