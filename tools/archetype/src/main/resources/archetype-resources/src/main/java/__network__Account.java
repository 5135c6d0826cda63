package ${package};

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One user's account: what Drawbridge asks goes to its connection, and what the connection hears goes to Drawbridge. */
final class ${network}Account implements Account, Connection.Listener {
    private final AccountSettings settings;
    private final AccountContext context;
    private final String host;
    private final int port;
    private final DomainName domain;
    private volatile Connection connection;

    ${network}Account(AccountSettings settings, AccountContext context, String host, int port) {
        this.settings = settings;
        this.context = context;
        this.host = host;
        this.port = port;
        domain = settings.domains().stream().sorted().findFirst().orElseThrow();
    }

    @Override
    public void connect() {
        connection = new Connection(
                host,
                port,
                settings.account().get(${network}Provider.USER_NAME),
                settings.account().get(${network}Provider.PASSWORD),
                this);
        connection.open();
    }

    @Override
    public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
        Connection now = connection;
        if (now == null) {
            return CompletableFuture.completedFuture(Outcome.failed(Condition.RECIPIENT_UNAVAILABLE, "not signed in"));
        }
        return now.say(recipient.principal().local(), message.bodies().get(0).text());
    }

    @Override
    public void signedIn() {
        context.status(AccountStatus.ONLINE, "");
    }

    @Override
    public void ended(AccountStatus status, String why) {
        context.status(status, why);
    }

    @Override
    public void heard(String from, String text) {
        Principal writer;
        try {
            writer = Principal.of(from, domain);
        } catch (IllegalArgumentException strange) {
            return; // Nobody of this name could be answered.
        }
        Message message = Message.chat(UUID.randomUUID().toString(), "", text);
        context.message(
                Instance.anyOf(writer), Instance.anyOf(settings.user().orElseThrow()), message);
    }

    @Override
    public void close() {
        Connection now = connection;
        if (now != null) {
            now.close();
        }
    }
}
