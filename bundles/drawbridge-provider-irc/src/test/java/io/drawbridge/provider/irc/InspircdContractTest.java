// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.testbed.Inspircd;
import io.drawbridge.testbed.IrcServer;
import io.drawbridge.testbed.IrcUser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On an InspIRCd, with accounts that Atheme keeps. */
final class InspircdContractTest extends IrcContract {
    private static final String PASSWORD = "open-sesame";
    private static final Set<String> ENROLLED = new HashSet<>();

    /** More patient than others, as the contract is no test of its patience. */
    @RegisterExtension
    private static final Village<Inspircd> VILLAGE = new Village<>(
            "50",
            (directory, credential, anchor) -> new Inspircd(directory, "irc.rich.example", credential, anchor, 10_000));

    @Override
    Village<? extends IrcServer> village() {
        return VILLAGE;
    }

    @Override
    protected Map<String, String> accountSettings(String user) {
        return settings(user, PASSWORD);
    }

    @Override
    protected Optional<Map<String, String>> refusedSettings(String user) {
        return Optional.of(settings(user, "mistyped"));
    }

    private Map<String, String> settings(String user, String password) {
        String account = user.substring(0, user.indexOf('@'));
        if (ENROLLED.add(account + VILLAGE.server().port())) {
            enrol(account);
        }
        Map<String, String> settings = new HashMap<>(super.accountSettings(user));
        settings.put("account", account);
        settings.put(".password", password);
        return settings;
    }

    private static void enrol(String account) {
        try (IrcUser owner = new IrcUser(VILLAGE.server().port(), account)) {
            owner.says("NickServ", "REGISTER " + PASSWORD + " " + account + "@contoso.example");
            owner.awaits("NickServ", "is now registered");
        }
    }
}
