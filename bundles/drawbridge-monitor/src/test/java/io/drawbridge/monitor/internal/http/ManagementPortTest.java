// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ManagementPortTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Map<String, Page> pages = Map.of(
            "/ready",
                    accept -> {
                        asked.countDown();
                        return Answer.json(Answer.OK, "{}");
                    },
            "/broken",
                    accept -> {
                        throw new IOException("no");
                    });
    private final ManagementPort port = new ManagementPort(pages, Duration.ofMillis(20));

    @AfterEach
    void stop() {
        port.close();
    }

    @Test
    void aPageIsServed() throws Exception {
        HttpResponse<String> response = send(listening(), "/ready", "GET");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void nothingButGetIsAllowed() throws Exception {
        HttpResponse<String> response = send(listening(), "/ready", "POST");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET");
        assertThat(asked.getCount()).isEqualTo(1);
    }

    @Test
    void anUnknownPathIsNotFoundEvenBelowAPage() throws Exception {
        InetSocketAddress address = listening();
        assertThat(send(address, "/", "GET").statusCode()).isEqualTo(404);
        assertThat(send(address, "/ready/more", "GET").statusCode()).isEqualTo(404);
    }

    @Test
    void aBrokenPageIsAnErrorThatTellsNoDetails() throws Exception {
        HttpResponse<String> response = send(listening(), "/broken", "GET");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("See the log.\n");
    }

    @Test
    void slowClientsDoNotKeepOthersWaiting() throws Exception {
        InetSocketAddress address = listening();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                Socket socket = new Socket(address.getAddress(), address.getPort());
                socket.getOutputStream().write("GET /ready HTTP/1.1\r\nHost: a\r\n".getBytes(US_ASCII));
                slow.add(socket);
            }
            assertThat(send(address, "/ready", "GET").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aPortInUseIsAProblemWithARemedyAndIsTakenAsSoonAsItIsFree() throws Exception {
        InetSocketAddress address;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = (InetSocketAddress) other.getLocalSocketAddress();
            port.listen(address);
            assertThat(port.problem()).hasValueSatisfying(problem -> {
                assertThat(problem.pid()).isEqualTo("io.drawbridge.monitor");
                assertThat(problem.key()).isEqualTo("port");
                assertThat(problem.value()).isEqualTo(Integer.toString(address.getPort()));
                assertThat(problem.rule()).contains("Address already in use", "choose another");
            });
        }
        HttpClient client = client();
        CountDownLatch served = new CountDownLatch(1);
        Thread prober = new Thread(() -> {
            while (served.getCount() > 0) {
                try {
                    client.send(request(address, "/ready", "GET"), BodyHandlers.ofString());
                    served.countDown();
                } catch (IOException notYet) {
                    Thread.onSpinWait();
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        });
        prober.start();
        assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(port.problem()).isEmpty();
    }

    @Test
    void anotherAddressIsTakenAndTheOldOneLeft() throws Exception {
        InetSocketAddress first = listening();
        InetSocketAddress second = free();
        port.listen(second);
        assertThat(send(second, "/ready", "GET").statusCode()).isEqualTo(200);
        new ServerSocket(first.getPort(), 1, first.getAddress()).close();
    }

    private InetSocketAddress listening() throws IOException {
        InetSocketAddress address = free();
        port.listen(address);
        assertThat(port.problem()).isEmpty();
        return address;
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    }

    private static HttpResponse<String> send(InetSocketAddress address, String path, String method)
            throws IOException, InterruptedException {
        return client().send(request(address, path, method), BodyHandlers.ofString());
    }

    private static HttpRequest request(InetSocketAddress address, String path, String method) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, BodyPublishers.noBody())
                .build();
    }
}
