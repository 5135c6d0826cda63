// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.ChildProcess;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The yardstick for XMPP: Prosody between a component and streams to servers, with nothing else to do. */
final class ProsodyTarget implements Target {
    static final String SECRET = "secret";

    private final int port = FreePorts.next();
    private final int componentPort = FreePorts.next();
    private final DnsServer dns;
    private final ChildProcess process;

    /** Starts it as the server of the organisation, whose users a component plays. */
    ProsodyTarget(GatewayScene scene, int chatPort) {
        try {
            Path directory = Files.createTempDirectory(scene.sip().directory(), "prosody");
            Files.createDirectory(directory.resolve("data"));
            dns = new DnsServer(
                    directory,
                    DnsServer.host(GatewayScene.CHAT_HOST),
                    DnsServer.xmpp(GatewayScene.CHAT, GatewayScene.CHAT_HOST, chatPort));
            Path configuration = Template.beside(ProsodyTarget.class, "prosody-gateway.cfg.lua")
                    .fill(
                            directory.resolve("prosody.cfg.lua"),
                            Map.of(
                                    "directory",
                                    directory,
                                    "port",
                                    port,
                                    "componentPort",
                                    componentPort,
                                    "dnsPort",
                                    dns.port(),
                                    "domain",
                                    Scene.INSIDE,
                                    "secret",
                                    SECRET,
                                    "key",
                                    scene.edge().keyFile(),
                                    "certificate",
                                    scene.edge().certificateFile(),
                                    "anchor",
                                    scene.sip().authority().anchorFile()));
            List<String> command = new ArrayList<>(Processors.pinnedAsTarget());
            command.addAll(List.of("prosody", "-F", "--config", configuration.toString()));
            process = ChildProcess.start("prosody", directory, command);
            process.awaitReady(
                    "listeners",
                    Duration.ofSeconds(30),
                    () -> FreePorts.isServed(port) && FreePorts.isServed(componentPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "Prosody";
    }

    /** Its port for servers. */
    int port() {
        return port;
    }

    /** Its port for components. */
    int componentPort() {
        return componentPort;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
        dns.close();
    }
}
