package ${package};

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * One connection with the network's server: a thread that reads and a thread that writes, so that nobody who calls waits.
 *
 * <p>The protocol is one line for each thing said, each word after the first in Base64:
 * <pre>
 * LOGIN name password       OK, or NO and the end
 * SAY number to text        ACK number when the server has it
 *                           FROM name text when somebody wrote
 * </pre>
 */
final class Connection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int LONGEST_LINE = 65_536;
    private static final int MOST_WAITING = 1000;

    private final String host;
    private final int port;
    private final String name;
    private final String password;
    private final Listener listener;
    private final Socket socket = new Socket();
    private final Thread reader;
    private final Thread writer;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<String, CompletableFuture<Outcome>> unanswered = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile boolean over;

    /** Hears what becomes of the connection, on its reading thread. */
    interface Listener {
        void signedIn();

        void heard(String from, String text);

        void ended(AccountStatus status, String why);
    }

    Connection(String host, int port, String name, String password, Listener listener) {
        this.host = host;
        this.port = port;
        this.name = name;
        this.password = password;
        this.listener = listener;
        reader = new Thread(this::run, "${artifactId}-reader");
        writer = new Thread(this::write, "${artifactId}-writer");
    }

    /** Starts to sign in, and returns. */
    void open() {
        reader.start();
    }

    /** Sends a message. It has arrived when the server says so, and has failed if the connection ends before. */
    CompletionStage<Outcome> say(String to, String text) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        String number = UUID.randomUUID().toString();
        unanswered.put(number, outcome);
        if (!lines.offer(line("SAY", number, to, text))) {
            unanswered.remove(number);
            outcome.complete(Outcome.failed(Condition.RESOURCE_CONSTRAINT, "too much waits to be sent"));
        }
        if (over) {
            failAll();
        }
        return outcome;
    }

    private void run() {
        AccountStatus status = AccountStatus.DISCONNECTED;
        String why = "the server closed the connection";
        try (socket) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            send(line("LOGIN", name, password));
            String answer = readLine(in);
            if ("OK".equals(answer)) {
                writer.start();
                listener.signedIn();
                readAll(in);
            } else if ("NO".equals(answer)) {
                status = AccountStatus.BAD_CREDENTIALS;
                why = "the server refused name or password";
            }
        } catch (IOException lost) {
            why = "the connection failed";
        } catch (IllegalStateException dead) {
            closed = true; // Drawbridge has closed the account: its context takes nothing more.
        }
        over = true;
        writer.interrupt();
        failAll();
        tellEnd(status, why);
    }

    private void tellEnd(AccountStatus status, String why) {
        if (closed) {
            return;
        }
        try {
            listener.ended(status, why);
        } catch (IllegalStateException dead) {
            closed = true; // Just now.
        }
    }

    private void failAll() {
        unanswered.values().forEach(outcome -> outcome.complete(
                Outcome.failed(Condition.SERVICE_UNAVAILABLE, "the connection ended before the server had the message")));
        unanswered.clear();
    }

    private void readAll(InputStream in) throws IOException {
        for (String line = readLine(in); line != null; line = readLine(in)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("ACK") && words.length == 2) {
                CompletableFuture<Outcome> outcome = unanswered.remove(word(words[1]));
                if (outcome != null) {
                    outcome.complete(new Outcome.HandedOver());
                }
            } else if (words[0].equals("FROM") && words.length == 3) {
                listener.heard(word(words[1]), word(words[2]));
            }
        }
    }

    /** Reads a line of bounded length; a server that sends a longer one is none of ours. */
    private static String readLine(InputStream in) throws IOException {
        byte[] line = new byte[128];
        int length = 0;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return null;
            }
            if (length == line.length) {
                if (length >= LONGEST_LINE) {
                    throw new IOException("a line has no end");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
        return new String(line, 0, length, StandardCharsets.US_ASCII);
    }

    private void write() {
        try {
            while (!socket.isClosed()) {
                send(lines.take());
            }
        } catch (IOException | InterruptedException end) {
            Thread.currentThread().interrupt(); // The reader notices by itself.
        }
    }

    private void send(String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(String command, String... words) {
        return command + " "
                + Arrays.stream(words)
                        .map(word -> Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.joining(" "));
    }

    private static String word(String encoded) throws IOException {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new IOException("the server broke the protocol", broken);
        }
    }

    /** Ends both threads, also while the connection is being made. */
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            reader.join();
            writer.join();
        } catch (IOException gone) {
            closed = true; // What cannot be closed is not open.
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
