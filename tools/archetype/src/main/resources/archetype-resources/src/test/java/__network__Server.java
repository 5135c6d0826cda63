package ${package};

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The network's server for the tests: takes one password, and everybody on it says back what is said to them. */
final class ${network}Server implements AutoCloseable {
    static final String PASSWORD = "open sesame";

    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;

    ${network}Server(int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        start(this::listen);
    }

    /** Runs it alone until Ctrl-C, to try the provider in an appliance. */
    public static void main(String[] arguments) throws Exception {
        try (${network}Server server = new ${network}Server(Integer.parseInt(arguments[0]))) {
            System.out.println("Listening on " + server.address() + ", password '" + PASSWORD + "'");
            Thread.currentThread().join();
        }
    }

    private static void start(Runnable task) {
        // The test kit looks for threads that a provider leaves behind; these are the test's own.
        Thread thread = new Thread(task, "drawbridge-testkit-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** What was said to anybody, in its order. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** Ends every connection. */
    void cut() {
        try {
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = connection.getOutputStream();
            String[] login = in.readLine().split(" ", -1);
            if (!PASSWORD.equals(decoded(login[2]))) {
                send(out, "NO");
                return;
            }
            send(out, "OK");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                heard.add(decoded(words[3]));
                send(out, "FROM " + words[2] + " " + words[3]);
                send(out, "ACK " + words[1]);
            }
        } catch (IOException gone) {
            connections.remove(connection);
        }
    }

    private static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }

    private static void send(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
