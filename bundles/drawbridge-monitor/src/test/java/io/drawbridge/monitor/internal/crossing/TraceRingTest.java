// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class TraceRingTest {
    private static final String ALICE = "alice@contoso.example";
    private static final String BOB = "bob@fabrikam.example";

    @Test
    void theNewestComeFirstAndTheOldestMakeRoom() {
        TraceRing ring = new TraceRing(3);
        for (int i = 0; i < 5; i++) {
            ring.add(Crossings.delivered("c" + i, BOB, ALICE));
        }
        assertThat(ids(ring.last(Filter.ANY, 10))).containsExactly("c4", "c3", "c2");
        assertThat(ids(ring.last(Filter.ANY, 2))).containsExactly("c4", "c3");
    }

    @Test
    void anEmptyRingShowsNothing() {
        assertThat(new TraceRing(3).last(Filter.ANY, 10)).isEmpty();
    }

    @Test
    void aFilterMatchesBothEndsAndPartsOfNames() {
        TraceRing ring = new TraceRing(10);
        ring.add(Crossings.delivered("in", BOB, ALICE));
        ring.add(Crossings.delivered("out", "carol@contoso.example", "dave@litware.example"));
        ring.add(Crossings.refused("no", "eve@litware.example", ALICE, Reason.DOMAIN_BLOCKED));

        assertThat(ids(ring.last(filter("ALICE", null, null, null), 9))).containsExactly("no", "in");
        assertThat(ids(ring.last(filter(null, "litware.example", null, null), 9)))
                .containsExactly("no", "out");
        assertThat(ids(ring.last(filter(null, null, "SIP.fabrikam", null), 9))).hasSize(3);
        assertThat(ids(ring.last(filter(null, null, null, Reason.DOMAIN_BLOCKED), 9)))
                .containsExactly("no");
        assertThat(ids(ring.last(filter("alice", "fabrikam.example", null, null), 9)))
                .containsExactly("in");
    }

    @Test
    void anotherSizeKeepsTheNewest() {
        TraceRing ring = new TraceRing(4);
        for (int i = 0; i < 4; i++) {
            ring.add(Crossings.delivered("c" + i, BOB, ALICE));
        }
        assertThat(ids(ring.resized(2).last(Filter.ANY, 9))).containsExactly("c3", "c2");
        assertThat(ids(ring.resized(8).last(Filter.ANY, 9))).containsExactly("c3", "c2", "c1", "c0");
    }

    @Test
    void manyWritersLoseNothingAndReadersSeeEachWriterInOrder() throws InterruptedException {
        int writers = 4;
        int each = 10_000;
        TraceRing ring = new TraceRing(1_000);
        CountDownLatch start = new CountDownLatch(1);
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String name = "w" + writer + "-";
            threads.add(new Thread(() -> {
                await(start);
                for (int i = 0; i < each; i++) {
                    ring.add(Crossings.delivered(name + i, BOB, ALICE));
                }
            }));
        }
        List<String> disorder = new ArrayList<>();
        Thread reader = new Thread(() -> {
            await(start);
            while (writing.get()) {
                disorder.addAll(outOfOrder(ring.last(Filter.ANY, 1_000)));
            }
        });
        threads.forEach(Thread::start);
        reader.start();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        writing.set(false);
        reader.join();

        List<Crossing> end = ring.last(Filter.ANY, 1_000);
        assertThat(end).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(outOfOrder(end)).isEmpty();
        assertThat(disorder).isEmpty();
    }

    private static List<String> outOfOrder(List<Crossing> newestFirst) {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> lowest = new HashMap<>();
        for (Crossing crossing : newestFirst) {
            String[] id = crossing.id().split("-", -1);
            int number = Integer.parseInt(id[1]);
            Integer before = lowest.put(id[0], number);
            if (before != null && before <= number) {
                wrong.add(crossing.id() + " after " + before);
            }
        }
        return wrong;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Filter filter(String user, String domain, String peer, Reason reason) {
        return new Filter(
                Optional.ofNullable(user),
                Optional.ofNullable(domain).map(DomainName::of),
                Optional.ofNullable(peer),
                Optional.ofNullable(reason));
    }

    private static List<String> ids(List<Crossing> crossings) {
        return crossings.stream().map(Crossing::id).toList();
    }
}
