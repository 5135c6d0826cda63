// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.testbed.IrcServer;
import io.drawbridge.testkit.ProviderContract;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of providers, on a network with a parrot on it. */
abstract class IrcContract extends ProviderContract {
    private static final AtomicInteger TESTS = new AtomicInteger();

    /** Nobody meets who took part in another test. */
    private final String tail = Integer.toString(TESTS.incrementAndGet());

    private Parrot parrot;

    abstract Village<? extends IrcServer> village();

    /** In the appliance TLS is in use when a plug-in comes; its first use anywhere takes as long as a call may. */
    @BeforeAll
    static void useTls() throws SSLException {
        SslContextBuilder.forClient().build();
    }

    @BeforeEach
    void perch() {
        parrot = new Parrot(village().server().port(), "polly" + tail);
    }

    @AfterEach
    void fly() {
        parrot.close();
    }

    @Override
    protected NativeProvider provider() {
        return new IrcProvider();
    }

    @Override
    protected String contact() {
        return "polly" + tail + "@irc.example";
    }

    @Override
    protected Map<String, String> providerSettings() {
        return Map.of(
                "server",
                "localhost:" + village().server().tlsPort(),
                "trustAnchors",
                village().authority().anchorFile().toString(),
                "lineMillis",
                village().lineMillis());
    }

    @Override
    protected Map<String, String> accountSettings(String user) {
        return Map.of("nick", user.substring(0, user.indexOf('@')) + tail);
    }

    @Override
    protected void cut() {
        parrot.close();
        village().server().restart();
        perch();
    }

    @Override
    protected List<String> heard() {
        return parrot.heard();
    }

    @Override
    protected boolean arrivesInLines() {
        return true;
    }

    /** An ngIRCd reads three lines a second of a client, and each message is followed by a question. */
    @Override
    protected int messagesPerSecond() {
        return 2;
    }

    @Override
    protected Set<String> packagesOfItsFeature() {
        return Set.of(
                "io.netty.bootstrap",
                "io.netty.buffer",
                "io.netty.channel",
                "io.netty.channel.nio",
                "io.netty.channel.socket",
                "io.netty.channel.socket.nio",
                "io.netty.handler.codec",
                "io.netty.handler.ssl",
                "io.netty.util.concurrent");
    }
}
