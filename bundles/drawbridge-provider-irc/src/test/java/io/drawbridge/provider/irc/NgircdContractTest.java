// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.testbed.IrcServer;
import io.drawbridge.testbed.Ngircd;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On an ngIRCd, where every question takes the way round. */
final class NgircdContractTest extends IrcContract {
    @RegisterExtension
    private static final Village<Ngircd> VILLAGE = new Village<>(
            "100", (directory, credential, anchor) -> new Ngircd(directory, "irc.plain.example", credential));

    @Override
    Village<? extends IrcServer> village() {
        return VILLAGE;
    }

    @Override
    protected Optional<Map<String, String>> refusedSettings(String user) {
        return Optional.of(Map.of("nick", "longer-than-this-server-takes"));
    }
}
