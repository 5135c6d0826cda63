// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.PresenceAbility;
import io.drawbridge.api.provider.TypingAbility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A sound account of the {@link LineServer}'s network: a thread that reads and a thread that writes. */
class LineAccount implements Account, PresenceAbility, TypingAbility {
    final AccountSettings settings;
    final AccountContext context;
    private final Map<String, CompletableFuture<Outcome>> open = new ConcurrentHashMap<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private volatile Socket socket = new Socket();
    private volatile Thread reader = new Thread();
    private volatile Thread writer = new Thread();

    LineAccount(AccountSettings settings, AccountContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void connect() {
        socket = new Socket();
        lines.clear();
        reader = new Thread(this::session, "line-reader-" + settings.name());
        reader.start();
    }

    private void session() {
        AccountStatus end = AccountStatus.DISCONNECTED;
        try (Socket connection = socket) {
            String[] server = settings.provider().get(LineProvider.SERVER).split(":", -1);
            connection.connect(new InetSocketAddress(server[0], Integer.parseInt(server[1])), 10_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            write(
                    connection,
                    "LOGIN " + LineServer.encoded(settings.name()) + " "
                            + LineServer.encoded(settings.account().get(LineProvider.PASSWORD)));
            String answer = in.readLine();
            if ("OK".equals(answer)) {
                writer = new Thread(() -> writeAll(connection), "line-writer-" + settings.name());
                writer.start();
                signedIn();
                in.lines().forEach(this::read);
            } else if (answer != null) {
                end = refused();
            }
        } catch (IOException | java.io.UncheckedIOException lost) {
            end = AccountStatus.DISCONNECTED;
        } catch (IllegalStateException dead) {
            return;
        }
        writer.interrupt();
        open.values().forEach(delivery -> delivery.complete(Outcome.failed(Condition.SERVICE_UNAVAILABLE, "lost")));
        if (!closed) {
            ended(end);
        }
    }

    void signedIn() {
        context.status(AccountStatus.ONLINE, "");
    }

    AccountStatus refused() {
        return AccountStatus.BAD_CREDENTIALS;
    }

    void ended(AccountStatus status) {
        try {
            context.status(status, "the server closed the connection");
        } catch (IllegalStateException dead) {
            closed = true;
        }
    }

    private static void write(Socket connection, String line) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void writeAll(Socket connection) {
        try {
            while (!connection.isClosed()) {
                write(connection, lines.take());
            }
        } catch (IOException | InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("ACK")) {
            open.remove(words[1]).complete(new Outcome.Delivered());
        } else {
            Principal from = new Principal(LineServer.decoded(words[1]), DomainName.of(LineProvider.DOMAIN));
            arrived(from, Message.chat(UUID.randomUUID().toString(), "", LineServer.decoded(words[2])));
        }
    }

    void arrived(Principal from, Message message) {
        context.message(Instance.anyOf(from), Instance.anyOf(settings.user().orElseThrow()), message);
    }

    @Override
    public CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message) {
        return send(recipient.principal(), message.bodies().get(0).text());
    }

    CompletionStage<Outcome> send(Principal recipient, String text) {
        String number = UUID.randomUUID().toString();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        open.put(number, outcome);
        lines.add("SAY " + number + " " + LineServer.encoded(recipient.local()) + " " + LineServer.encoded(text));
        return outcome;
    }

    @Override
    public void watch(Principal watcher, Principal presentity) {
        context.presence(
                watcher, new PresenceDocument(presentity, List.of(InstancePresence.of("", Availability.AVAILABLE))));
    }

    @Override
    public void unwatch(Principal watcher, Principal presentity) {
        // Nothing is remembered of a watch.
    }

    @Override
    public void show(Principal watcher, PresenceDocument document) {
        lines.add("SHOW " + (document.instances().isEmpty() ? "out" : "in"));
    }

    @Override
    public void typing(Instance sender, Instance recipient, String conversation, Composing state) {
        // This network does not show it.
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            writer.interrupt();
            reader.join();
            writer.join();
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
