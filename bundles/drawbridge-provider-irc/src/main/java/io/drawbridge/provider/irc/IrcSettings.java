// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.SettingRefused;
import io.drawbridge.provider.irc.client.Identity;
import io.drawbridge.provider.irc.client.Identity.Proof;
import io.drawbridge.provider.irc.line.Nick;
import io.drawbridge.provider.irc.line.Octets;
import io.drawbridge.provider.irc.wire.Own;
import io.drawbridge.provider.irc.wire.Server;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is configured for one account.
 *
 * @param server where to connect to
 * @param trustAnchors the path of the authorities that the server's certificate leads to; empty for those Java trusts
 * @param burst how many lines may be sent at once
 * @param perLine how long each costs after that
 * @param identity who signs in
 * @param own the account's certificate, if it proves itself by one
 * @param showAway whether the network is shown when the user is away
 */
record IrcSettings(
        Server server,
        String trustAnchors,
        int burst,
        Duration perLine,
        Identity identity,
        Optional<Own> own,
        boolean showAway) {
    private static final String SERVER = "server";
    private static final String TRUST_ANCHORS = "trustAnchors";
    private static final String SERVER_PASSWORD = ".serverPassword";
    private static final String BURST = "burstLines";
    private static final String PER_LINE = "lineMillis";
    private static final String NICK = "nick";
    private static final String REAL_NAME = "realName";
    private static final String ACCOUNT = "account";
    private static final String PASSWORD = ".password";
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final String SHOW_AWAY = "showAway";
    private static final int LONGEST_REAL_NAME = 50;

    /** Returns the keys of the network. */
    static Setting[] ofNetwork() {
        return new Setting[] {
            Setting.required(
                    SERVER,
                    Setting.Type.SERVER,
                    "The network's server, and port if not 6697; always TLS. Its certificate must hold this name."),
            Setting.optional(
                    TRUST_ANCHORS,
                    Setting.Type.TEXT,
                    "",
                    "PEM file of the authorities that the server's certificate leads to. Empty: those Java trusts."),
            Setting.optional(
                    SERVER_PASSWORD, Setting.Type.SECRET, "", "For a server that lets in only those who know it."),
            Setting.optional(
                    BURST,
                    Setting.Type.NUMBER,
                    "5",
                    "How many lines each account may send at once before lineMillis holds, 1 to 100."),
            Setting.optional(
                    PER_LINE,
                    Setting.Type.NUMBER,
                    "2000",
                    "How many milliseconds each line of an account costs, 0 to 60000; networks close the connections of"
                            + " those who are faster than they like."),
        };
    }

    /** Returns the keys of an account. */
    static Setting[] ofAccount() {
        return new Setting[] {
            Setting.required(NICK, Setting.Type.TEXT, "The nick by which the user is known on the network."),
            Setting.optional(REAL_NAME, Setting.Type.TEXT, "", "What others read beside the nick. Empty: the nick."),
            Setting.optional(
                    ACCOUNT, Setting.Type.TEXT, "", "The account's name at the network, for SASL. Empty: the nick."),
            Setting.optional(
                    PASSWORD, Setting.Type.SECRET, "", "The account's password, for SASL PLAIN. Empty: no password."),
            Setting.optional(
                    CERTIFICATE,
                    Setting.Type.TEXT,
                    "",
                    "PEM file of a certificate that the network knows the account by, for SASL EXTERNAL; instead of"
                            + " .password."),
            Setting.optional(KEY, Setting.Type.TEXT, "", "PEM file (PKCS#8) of the certificate's key."),
            Setting.optional(
                    SHOW_AWAY,
                    Setting.Type.FLAG,
                    "true",
                    "Whether the network, all of it, is shown when the user is away. Each contact the user adds is then"
                            + " taken to ask for the user's presence."),
        };
    }

    /**
     * Reads what is configured.
     *
     * @throws SettingRefused naming the first key that breaks a rule
     */
    static IrcSettings of(AccountSettings settings) throws SettingRefused {
        Map<String, String> network = settings.provider();
        Map<String, String> account = settings.account();
        require(settings.domains().size() == 1, "domains", "is one domain, at which the people of the network are");
        Optional<Own> own = own(account);
        boolean byPassword = !account.get(PASSWORD).isEmpty();
        require(!(byPassword && own.isPresent()), PASSWORD, "is not set beside a certificate: one of them is enough");
        Proof proof = own.isPresent() ? Proof.EXTERNAL : byPassword ? Proof.PLAIN : Proof.NONE;
        String nick = account.get(NICK);
        require(Nick.isValid(nick), NICK, "is a nick: letters, digits and some signs, no space");
        Identity identity = new Identity(
                settings.user().orElseThrow(),
                settings.domains().iterator().next(),
                nick,
                Octets.head(account.get(REAL_NAME).isBlank() ? nick : account.get(REAL_NAME), LONGEST_REAL_NAME),
                word(network, SERVER_PASSWORD),
                proof,
                account.get(ACCOUNT).isEmpty() ? nick : account.get(ACCOUNT),
                account.get(PASSWORD));
        return new IrcSettings(
                server(network.get(SERVER)),
                network.get(TRUST_ANCHORS),
                number(network, BURST, 1, 100),
                Duration.ofMillis(number(network, PER_LINE, 0, 60_000)),
                identity,
                own,
                Boolean.parseBoolean(account.get(SHOW_AWAY)));
    }

    private static Server server(String text) throws SettingRefused {
        try {
            return Server.of(text);
        } catch (IllegalArgumentException wrong) {
            throw new SettingRefused(SERVER, "is a host, and a port between 1 and 65535 if not 6697");
        }
    }

    private static String word(Map<String, String> values, String key) throws SettingRefused {
        String word = values.get(key);
        require(word.indexOf(' ') < 0 && !word.startsWith(":"), key, "holds no space and begins with no colon");
        return word;
    }

    private static Optional<Own> own(Map<String, String> account) throws SettingRefused {
        String certificate = account.get(CERTIFICATE);
        String key = account.get(KEY);
        require(certificate.isEmpty() == key.isEmpty(), KEY, "is set exactly if certificate is");
        return certificate.isEmpty() ? Optional.empty() : Optional.of(new Own(certificate, key));
    }

    private static int number(Map<String, String> values, String key, int least, int most) throws SettingRefused {
        int number = Integer.parseInt(values.get(key));
        require(number >= least && number <= most, key, "lies between " + least + " and " + most);
        return number;
    }

    private static void require(boolean holds, String key, String rule) throws SettingRefused {
        if (!holds) {
            throw new SettingRefused(key, rule);
        }
    }

    /** Names nobody's secret. */
    @Override
    public String toString() {
        return identity + " at " + server;
    }
}
