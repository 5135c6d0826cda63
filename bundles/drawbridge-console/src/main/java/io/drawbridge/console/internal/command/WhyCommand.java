// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.ExplanationView;
import io.drawbridge.console.internal.view.View;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Explains whether a message would cross. */
@Service
@Command(
        scope = "drawbridge",
        name = "why",
        description = "Explains why a message from one address to another would pass or not.",
        detailedDescription =
                """
                Shows what each rule says, the route with the DNS and TLS steps that
                were actually tried, and the remedy. For a network with accounts: its
                plug-in, what it can do, and the account that carries the message.
                One of the two addresses is an own user's. No user notices it.
                Examples:
                  drawbridge:why alice@contoso.example bob@fabrikam.example
                  drawbridge:why bob@fabrikam.example alice@contoso.example --kind CALL
                """)
public final class WhyCommand extends EdgeCommand {
    @Argument(
            name = "sender recipient",
            description = "The sender's address and the recipient's, then options.",
            multiValued = true)
    @Completion(AddressWords.class)
    private List<String> words = new ArrayList<>();

    @Option(name = "--kind", description = "MESSAGE, PRESENCE, CALL or OTHER.")
    private TrafficKind kind = TrafficKind.MESSAGE;

    @Option(
            name = "--protocol",
            description = "What would carry it: sip, xmpp or provider; without it, what the partner is reached by.")
    private String protocol = "";

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws Exception {
        List<String> ends = new Operands("drawbridge:why", given).exactly("SENDER", "RECIPIENT");
        Address sender = Address.of(ends.get(0));
        Address recipient = Address.of(ends.get(1));
        return new ExplanationView(
                sender,
                recipient,
                Trial.await(Trial.of(services, protocol, sender.domain(), recipient.domain())
                        .why(sender, recipient, kind)));
    }
}
