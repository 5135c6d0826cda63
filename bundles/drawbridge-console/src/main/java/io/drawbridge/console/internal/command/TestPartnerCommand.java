// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.StepsView;
import io.drawbridge.console.internal.view.View;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Tries a partner. */
@Service
@Command(
        scope = "drawbridge",
        name = "test-partner",
        description = "Sends a harmless request to a partner along the real path and shows every step.",
        detailedDescription =
                """
                Policy, DNS, connection, TLS, certificate, answer: every step up to
                the first failure, whose side it is on, and its remedy. A partner of
                io.drawbridge.xmpp.partner is tried by XMPP, up to a ping and its
                answer; any other by SIP. No user notices it. To a network with
                accounts nothing is sent: its plug-in and accounts tell how they stand.
                Examples:
                  drawbridge:test-partner fabrikam.example
                  drawbridge:test-partner chat.example --protocol xmpp
                """)
public final class TestPartnerCommand extends EdgeCommand {
    @Argument(name = "domain", description = "The partner's domain, then options.", multiValued = true)
    @Completion(DomainWords.class)
    private List<String> words = new ArrayList<>();

    @Option(
            name = "--protocol",
            description = "What to try: sip, xmpp or provider; without it, what the partner is reached by.")
    private String protocol = "";

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws Exception {
        DomainName domain = DomainName.of(
                new Operands("drawbridge:test-partner", given).exactly("DOMAIN").get(0));
        return new StepsView(Trial.await(Trial.of(services, protocol, domain).testPartner(domain)));
    }
}
