// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Somebody on an IRC network, who writes lines by hand; only the server's question whether it is there is answered for it. */
public final class IrcUser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SaidLines said;
    private final Socket socket;
    private final String nick;
    private final BiConsumer<IrcUser, String> ear;

    /** Signs in without extensions; what is sent to the nick is heard from the moment this returns. */
    public IrcUser(int port, String nick) {
        this(port, nick, (self, line) -> {});
    }

    /**
     * As {@link #IrcUser(int, String)}, for somebody who acts by itself.
     *
     * @param ear takes each line that comes, on the thread that reads
     */
    public IrcUser(int port, String nick, BiConsumer<IrcUser, String> ear) {
        this.nick = nick;
        this.ear = ear;
        said = new SaidLines(nick, "\r?\n");
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            said.listen(new Answering(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sends("NICK " + nick);
        sends("USER " + nick + " 0 * :" + nick);
        awaits(" 001 " + nick);
    }

    /** Reads, and answers each PING, as every client does. */
    private final class Answering extends FilterInputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Answering(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            for (int i = offset; i < offset + count; i++) {
                if (bytes[i] != '\n') {
                    line.write(bytes[i]);
                } else {
                    answer(line.toString(StandardCharsets.UTF_8).strip());
                    line.reset();
                }
            }
            return count;
        }

        private void answer(String whole) {
            if (whole.startsWith("PING ")) {
                sends("PONG " + whole.substring(5));
            }
            ear.accept(IrcUser.this, whole);
        }
    }

    /** Returns the nick it signed in with. */
    public String nick() {
        return nick;
    }

    /** Sends a line as it is. */
    public synchronized void sends(String line) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes to somebody. */
    public void says(String target, String text) {
        sends("PRIVMSG " + target + " :" + text);
    }

    /** Returns the next line that holds all of {@code parts}; what came before is passed over. */
    public String awaits(String... parts) {
        return said.await(PATIENCE, parts);
    }

    /** Returns whether a line with all of {@code parts} comes in time. */
    public boolean hears(Duration within, String... parts) {
        return said.hears(within, parts);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
