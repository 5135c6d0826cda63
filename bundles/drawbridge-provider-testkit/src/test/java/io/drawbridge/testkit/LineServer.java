// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network of one server, one line for each thing said, on which everybody says back what is said to them. */
final class LineServer implements AutoCloseable {
    static final String PASSWORD = "open-sesame";

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    LineServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noSocket) {
            throw new IllegalStateException(noSocket);
        }
        start("drawbridge-testkit-server", this::listen);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    void cut() {
        for (Socket connection : connections) {
            close(connection);
        }
        connections.clear();
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.add(connection);
                start("drawbridge-testkit-connection", () -> serve(connection));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = connection.getOutputStream();
            String[] login = in.readLine().split(" ", -1);
            if (!decoded(login[2]).equals(PASSWORD)) {
                write(out, "NO");
                return;
            }
            write(out, "OK");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("SHOW")) {
                    show(decoded(login[1]), words[1]);
                    continue;
                }
                heard.add(decoded(words[3]));
                write(out, "FROM " + words[2] + " " + words[3]);
                write(out, "ACK " + words[1]);
            }
        } catch (IOException gone) {
            connections.remove(connection);
        }
    }

    private void show(String name, String state) {
        if (state.equals("in")) {
            there.add(name);
        } else {
            there.remove(name);
        }
    }

    boolean seesThere(String name) {
        return there.contains(name);
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        close(listener);
    }
}
