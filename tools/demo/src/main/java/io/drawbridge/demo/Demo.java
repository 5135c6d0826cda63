// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The demonstration: Contoso and Fabrikam each get an appliance with its embedded home, and their users exchange presence
 * and messages over mutual TLS, with each other and with a user of an XMPP server. Everything is real and on loopback.
 */
public final class Demo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Narrator narrator = new Narrator();
    private final Path folder;
    private final Path launcher;
    private final Appliance contoso;
    private final Appliance fabrikam;
    private final Deployment deployment;
    private ChatServer chat;

    private Demo(Path launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
        String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(12));
        contoso = new Appliance(launcher, organisation("contoso", "127.0.1.1", 18101, 19464), password);
        fabrikam = new Appliance(launcher, organisation("fabrikam", "127.0.2.1", 28101, 29464), password);
        deployment = new Deployment(folder.resolve("authority"), password);
    }

    private Organisation organisation(String name, String address, int shellPort, int metricsPort) {
        return new Organisation(name, name + ".example", address, shellPort, metricsPort, folder.resolve(name));
    }

    /** Runs the demonstration until Ctrl-C; with {@code --once} it ends after the last scene. */
    public static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(System.getProperty("drawbridge.launcher"));
        Path folder = Path.of(System.getProperty("drawbridge.home"));
        CountDownLatch ended = new CountDownLatch(1);
        Demo demo = new Demo(launcher, folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            demo.close();
            ended.countDown();
        }));
        demo.play();
        if (!List.of(arguments).contains("--once")) {
            demo.narrator.tell("Ctrl-C ends the demonstration.");
            ended.await();
        }
    }

    private void play() throws Exception {
        raise();
        SSLContext tls = deployment.clientTls();
        BlockingQueue<SipText> atAlice = new LinkedBlockingQueue<>();
        BlockingQueue<SipText> atBob = new LinkedBlockingQueue<>();
        try (Phone alice = phone("alice", contoso, tls, atAlice);
                Phone bob = phone("bob", fabrikam, tls, atBob)) {
            signIn(alice, bob);
            new EchoScene(narrator, contoso, alice, atAlice).play();
            presence(alice, bob, atAlice);
            messages(alice, bob, atAlice, atBob);
            refusals(alice, bob);
            explain(alice, bob);
            chat(alice, atAlice);
        }
        invite();
    }

    private void raise() throws IOException, InterruptedException {
        narrator.scene("Two appliances start");
        delete(folder);
        deployment.prepare(contoso, fabrikam);
        deployment.prepare(fabrikam, contoso);
        CompletableFuture.allOf(CompletableFuture.runAsync(contoso::start), CompletableFuture.runAsync(fabrikam::start))
                .join();
        narrator.tell("Both run, and listen to nobody: no certificate, no edge.");
        narrator.show(contoso.shell("drawbridge:status"));
        narrator.scene("They get certificates of a test authority");
        for (Appliance appliance : List.of(contoso, fabrikam)) {
            narrator.show(appliance.shell(deployment.certificateCommand(appliance.organisation())));
        }
        for (Appliance appliance : List.of(contoso, fabrikam)) {
            awaitListener(appliance.organisation().federation());
            awaitListener(appliance.organisation().clients());
        }
        narrator.tell("Within a second their listeners are open, without a restart.");
        narrator.show(contoso.shell("drawbridge:status"));
    }

    private Phone phone(String user, Appliance appliance, SSLContext tls, BlockingQueue<SipText> arrived)
            throws IOException {
        Organisation at = appliance.organisation();
        return new Phone(user + "@" + at.domain(), deployment.userPassword(), at.clients(), tls, arrived::add);
    }

    private void signIn(Phone alice, Phone bob) {
        narrator.scene("Alice and Bob sign in at their homes, by digest over TLS");
        for (Phone phone : List.of(alice, bob)) {
            narrator.tell("%s registers: %d", phone.address(), phone.register());
        }
    }

    private void presence(Phone alice, Phone bob, BlockingQueue<SipText> atAlice) throws InterruptedException {
        narrator.scene("Alice watches Bob across the two edges");
        narrator.tell("SUBSCRIBE %s: %d", bob.address(), alice.watch(bob.address()));
        await(atAlice, request -> request.method().equals("NOTIFY"));
        narrator.tell("Bob publishes that he is in a meeting: %d", bob.publish("meeting", "Quarterly review"));
        SipText notify = await(atAlice, request -> request.body().contains("Quarterly review"));
        narrator.tell(
                "Alice is notified: %s", notify.header("Subscription-State").orElse(""));
        narrator.show(notify.body());
    }

    private void messages(Phone alice, Phone bob, BlockingQueue<SipText> atAlice, BlockingQueue<SipText> atBob)
            throws InterruptedException {
        narrator.scene("They talk");
        say(alice, bob, "Good morning, Bob. Is the drawbridge down?", atBob);
        say(bob, alice, "It is. Come across!", atAlice);
    }

    private void say(Phone from, Phone to, String text, BlockingQueue<SipText> arrived) throws InterruptedException {
        SipText answer = from.message(to.address(), text);
        SipText received = await(arrived, request -> request.method().equals("MESSAGE"));
        narrator.tell("%s -> %s: %s (%s)", from.address(), to.address(), received.body(), answer.startLine());
    }

    private void refusals(Phone alice, Phone bob) {
        narrator.scene("What may not cross is refused, and the sender is told why");
        SipText blocked = alice.message("mallory@blocked.example", "Psst");
        narrator.tell("%s -> mallory@blocked.example: %s", alice.address(), blocked.startLine());
        blocked.header("ms-diagnostics").ifPresent(why -> narrator.tell("  %s", why));
        SipText unknown = bob.message("nobody@contoso.example", "Hello?");
        narrator.tell("%s -> nobody@contoso.example: %s", bob.address(), unknown.startLine());
    }

    private void explain(Phone alice, Phone bob) {
        narrator.scene("Each crossing is explained");
        narrator.show(contoso.shell("drawbridge:trace"));
        narrator.show(contoso.shell("drawbridge:why " + alice.address() + " " + bob.address()));
        narrator.show(contoso.shell("drawbridge:why " + alice.address() + " mallory@blocked.example"));
    }

    private void chat(Phone alice, BlockingQueue<SipText> atAlice) throws Exception {
        narrator.scene("A partner speaks XMPP: a Prosody for chat.example, where Carol is");
        chat = new ChatServer(folder, deployment.authority(), contoso.organisation());
        deployment.prepare(contoso, chat);
        awaitListener(contoso.organisation().xmpp());
        try (ChatScene scene = new ChatScene(narrator, contoso, alice, atAlice, chat)) {
            scene.diagnosis();
            scene.messages();
            scene.presence();
            deployment.forgetChatServer(contoso);
            scene.refusals();
        }
        deployment.prepare(contoso, chat);
    }

    private void invite() {
        narrator.scene("Look around");
        for (Appliance appliance : List.of(contoso, fabrikam)) {
            Organisation at = appliance.organisation();
            narrator.tell("%s", at.domain());
            narrator.tell(
                    "  shell    %s shell --home %s   (password %s)", launcher, at.home(), deployment.adminPassword());
            narrator.tell(
                    "  metrics  http://127.0.0.1:%d/metrics, health http://127.0.0.1:%d/health",
                    at.metricsPort(), at.metricsPort());
            narrator.tell(
                    "  clients  TLS to %s:%d, user alice or bob, password %s",
                    at.address(), at.clientPort(), deployment.userPassword());
        }
        narrator.tell("%s", ChatServer.DOMAIN);
        narrator.tell(
                "  clients  TLS to 127.0.0.1:%d, user %s, password %s",
                chat.clientPort(), ChatServer.USER, chat.userPassword());
    }

    /** Stops all servers. */
    @Override
    public void close() {
        narrator.tell("Both appliances finish what they accepted, and stop; so does the Prosody.");
        contoso.stop();
        fabrikam.stop();
        if (chat != null) {
            chat.close();
        }
        narrator.tell("Stopped. What they did stays in %s until the next time.", folder);
    }

    static SipText await(BlockingQueue<SipText> arrived, Predicate<SipText> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            SipText request = arrived.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (request == null) {
                throw new IllegalStateException(
                        "what should have crossed did not arrive in " + PATIENCE.toSeconds() + " s");
            }
            if (wanted.test(request)) {
                return request;
            }
        }
    }

    private static void awaitListener(InetSocketAddress address) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(address)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("nobody listens on " + address);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean listens(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
