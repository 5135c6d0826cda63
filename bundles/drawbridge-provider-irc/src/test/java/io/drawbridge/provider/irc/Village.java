// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.IrcServer;
import io.drawbridge.testbed.IrcUser;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An IRC network for the tests of a class, an authority that its certificate leads to, and who takes part in it; they leave
 * after each test.
 *
 * @param <S> the server
 */
final class Village<S extends IrcServer> implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Foundation<S> foundation;
    private final String lineMillis;
    private final List<AutoCloseable> present = new ArrayList<>();
    private Path directory;
    private TestAuthority authority;
    private S server;
    private String founder = "";

    /** Starts a server. */
    @FunctionalInterface
    interface Foundation<S> {
        S found(Path directory, Credential credential, Path anchor);
    }

    /**
     * Knows how the network begins.
     *
     * @param lineMillis what each line of an account costs
     */
    Village(String lineMillis, Foundation<S> foundation) {
        this.lineMillis = lineMillis;
        this.foundation = foundation;
    }

    /** Nested classes have the network of the class around them. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (founder.isEmpty()) {
            directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "irc-");
            authority = new TestAuthority("Test CA", directory.resolve("ca"));
            server = foundation.found(directory, authority.issue(Leaf.of("localhost")), authority.anchorFile());
            founder = context.getUniqueId();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable each : present) {
            each.close();
        }
        present.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getUniqueId().equals(founder)) {
            server.close();
            server = null;
            founder = "";
        }
    }

    S server() {
        return server;
    }

    /** Returns what each line of an account costs. */
    String lineMillis() {
        return lineMillis;
    }

    TestAuthority authority() {
        return authority;
    }

    /** Returns a folder that nothing else is in. */
    Path folder(String name) {
        try {
            return Files.createTempDirectory(directory, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an own user with an account under this nick, who has not signed in yet. */
    Organisation organisation(String nick) {
        return organisation(nick, authority);
    }

    /** As {@link #organisation(String)}, with another authority that the server's certificate should lead to. */
    Organisation organisation(String nick, TestAuthority trusted) {
        Organisation organisation =
                new Organisation(server.tlsPort(), trusted.anchorFile().toString(), nick);
        present.add(organisation);
        return organisation.withNetwork("lineMillis", lineMillis);
    }

    /** Returns somebody on the network. */
    IrcUser user(String nick) {
        IrcUser user = new IrcUser(server.port(), nick);
        present.add(user);
        return user;
    }
}
