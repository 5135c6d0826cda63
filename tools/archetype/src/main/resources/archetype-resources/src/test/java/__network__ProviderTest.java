package ${package};

import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.testkit.ProviderContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The provider keeps the contract. */
final class ${network}ProviderTest extends ProviderContract {
    private ${network}Server server;

    @BeforeEach
    void startServer() throws IOException {
        server = new ${network}Server(0);
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected NativeProvider provider() {
        return new ${network}Provider();
    }

    @Override
    protected String contact() {
        return "polly@${domain}";
    }

    @Override
    protected Map<String, String> providerSettings() {
        return Map.of(${network}Provider.SERVER, server.address());
    }

    @Override
    protected Map<String, String> accountSettings(String user) {
        return Map.of(${network}Provider.USER_NAME, user, ${network}Provider.PASSWORD, ${network}Server.PASSWORD);
    }

    @Override
    protected Optional<Map<String, String>> refusedSettings(String user) {
        return Optional.of(Map.of(${network}Provider.USER_NAME, user, ${network}Provider.PASSWORD, "mistyped"));
    }

    @Override
    protected void cut() {
        server.cut();
    }

    @Override
    protected List<String> heard() {
        return server.heard();
    }
}
