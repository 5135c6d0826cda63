// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.clients;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running Linphone console with one account, driven through its prompt. */
final class Linphone implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/linphonec");
    private final Process process;

    /** Starts a client that registers with the home at {@code port} and answers calls. */
    Linphone(Path directory, String user, String password, int port, Path anchor) throws IOException {
        if (!Files.exists(PROGRAM)) {
            fail("Linphone is not installed: apt-get install -y linphone-cli");
        }
        Files.createDirectories(directory.resolve(".local/share/linphone"));
        Path settings = directory.resolve("linphonerc");
        Files.writeString(
                settings,
                """
                [sip]
                sip_port=0
                sip_tcp_port=0
                sip_tls_port=-1
                root_ca=%4$s
                default_proxy=0
                ipv6=0
                media_encryption=none
                [net]
                firewall_policy=0
                [sound]
                playback_dev_id=none
                capture_dev_id=none
                ringer_dev_id=none
                [proxy_0]
                reg_proxy=<sip:localhost:%3$d;transport=tls>
                reg_route=<sip:localhost:%3$d;transport=tls;lr>
                reg_identity=sip:%1$s@contoso.example
                reg_expires=600
                reg_sendregister=1
                publish=1
                [auth_info_0]
                username=%1$s
                passwd=%2$s
                realm=contoso.example
                domain=contoso.example
                """
                        .formatted(user, password, port, anchor));
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString(), "-a", "-S", "-c", settings.toString());
        builder.environment().put("HOME", directory.toString());
        // What it shows stays in its buffer as long as that is no terminal, so others say what it did.
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    void command(String line) throws IOException {
        OutputStream prompt = process.getOutputStream();
        prompt.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        prompt.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
