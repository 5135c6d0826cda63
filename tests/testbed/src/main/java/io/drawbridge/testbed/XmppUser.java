// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A running XMPP client (slixmpp) of one user of a {@link Prosody}: it signs in, answers what programs ask each other,
 * and leaves the rest to the test, stanza by stanza.
 */
public final class XmppUser implements AutoCloseable {
    private static final Path LIBRARY = Path.of("/usr/lib/python3/dist-packages/slixmpp");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final SaidLines received;

    XmppUser(Path parent, String address, String password, int port, Path anchor) {
        if (!Files.exists(LIBRARY)) {
            throw new IllegalStateException("slixmpp is not installed: apt-get install -y python3-slixmpp");
        }
        Path directory = Kamailio.directory(parent, address);
        Path program = Template.beside(XmppUser.class, "xmpp-user.py").fill(directory.resolve("user.py"), Map.of());
        // The distribution's Python, which has the distribution's packages.
        process = ChildProcess.startConversing(
                "slixmpp",
                directory,
                List.of(
                        "/usr/bin/python3",
                        program.toString(),
                        address,
                        password,
                        Integer.toString(port),
                        anchor.toString()));
        received = new SaidLines(address, "\n");
        received.listen(process.process().getInputStream());
        awaits("signed in");
    }

    /** Sends a stanza. */
    public void sends(String xml) {
        try {
            OutputStream out = process.process().getOutputStream();
            out.write((xml + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next stanza that came with all of {@code parts} in it; those before are passed over. */
    public String awaits(String... parts) {
        return received.await(PATIENCE, parts);
    }

    /** Returns whether a stanza with all of {@code parts} comes in time. */
    public boolean hears(Duration within, String... parts) {
        return received.hears(within, parts);
    }

    /** Signs out. */
    @Override
    public void close() {
        process.close();
    }
}
