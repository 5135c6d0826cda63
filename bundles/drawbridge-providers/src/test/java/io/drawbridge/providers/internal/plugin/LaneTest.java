// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes and the threads they share. */
final class LaneTest {
    private static final long PATIENCE_SECONDS = 60;

    private final SteppedTime time = new SteppedTime();
    private final Conduct conduct = new Conduct("parrot", time, last -> {});
    private final PluginThreads threads =
            new PluginThreads("parrot", LaneTest.class.getClassLoader(), 2, conduct, time::nanoTime);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        threads.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void hold(Lane lane) {
        CountDownLatch begun = new CountDownLatch(1);
        lane.insist(() -> {
            begun.countDown();
            await(held);
        });
        await(begun);
    }

    @Test
    void whatIsToBeDoneForOneAccountIsDoneOneAfterAnotherInOrder() {
        Lane lane = threads.lane();
        List<Integer> done = new CopyOnWriteArrayList<>();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(500);
        IntStream.range(0, 500)
                .forEach(number -> lane.offer(() -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    done.add(number);
                    atOnce.decrementAndGet();
                    all.countDown();
                }));
        await(all);
        assertThat(done)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(most).hasValue(1);
    }

    @Test
    void aFullLaneTakesOnlyWhatMustBeDone() {
        Lane lane = threads.lane();
        hold(lane);
        for (int i = 0; i < Lane.MOST; i++) {
            assertThat(lane.offer(() -> {})).isTrue();
        }
        assertThat(lane.offer(() -> {})).isFalse();
        CountDownLatch closed = new CountDownLatch(1);
        assertThat(lane.insist(closed::countDown)).isTrue();
        held.countDown();
        await(closed);
    }

    @Test
    void aLaneIsFullOfLongTextsBeforeItIsFullOfManyAndTakesMoreWhenTheyAreDone() {
        Lane lane = threads.lane();
        hold(lane);
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            assertThat(lane.offer(done::countDown, Lane.MOST_CHARACTERS / 4)).isTrue();
        }
        assertThat(lane.offer(() -> {}, 1)).isFalse();
        assertThat(lane.offer(() -> {})).isTrue();
        held.countDown();
        await(done);
        assertThat(lane.offer(() -> {}, Lane.MOST_CHARACTERS)).isTrue();
    }

    @Test
    void anAccountThatStandsStillDoesNotHoldUpAnother() {
        hold(threads.lane());
        CountDownLatch done = new CountDownLatch(1);
        threads.lane().offer(done::countDown);
        await(done);
    }

    @Test
    void whateverATaskThrowsTheNextIsDone() {
        Lane lane = threads.lane();
        CountDownLatch done = new CountDownLatch(1);
        lane.offer(() -> {
            throw new AssertionError("planted");
        });
        lane.offer(done::countDown);
        await(done);
    }

    @Test
    void threadsThatHaveEndedTakeNothing() {
        threads.close();
        assertThat(threads.lane().offer(() -> {})).isFalse();
        assertThat(threads.lane().insist(() -> {})).isFalse();
    }

    @Test
    void whoeverAddsSomethingAfterTheThreadsHaveEndedIsToldSoThoughTheLaneWasBusy() {
        Lane lane = threads.lane();
        hold(lane);
        assertThat(lane.offer(() -> {})).isTrue();
        threads.close();
        assertThat(lane.offer(() -> {})).isFalse();
        assertThat(lane.insist(() -> {})).isFalse();
    }

    @Test
    void aCallThatThrowsIsBlamedWithItsCauseAndOneThatReturnsIsNot() {
        assertThat(threads.call("open", Duration.ofSeconds(1), () -> {})).isTrue();
        assertThat(threads.call("connect", Duration.ofSeconds(1), () -> {
                    throw new StackOverflowError();
                }))
                .isFalse();
        assertThat(conduct.counts()).containsEntry(Misbehaviour.THREW, 1L).containsEntry(Misbehaviour.BLOCKED, 0L);
    }

    @Test
    void aCallThatReturnsTooLateIsBlamedOnceThoughItWasSeenBefore() {
        threads.call("connect", Duration.ofSeconds(1), () -> {
            time.pass(Duration.ofSeconds(2));
            threads.watch();
            threads.watch();
        });
        assertThat(conduct.counts()).containsEntry(Misbehaviour.BLOCKED, 1L);
    }

    @Test
    void oneBlockedThreadOfTwoIsNoStandstillAndTwoAreToldOnce() {
        threads.call("one", Duration.ofSeconds(1), () -> {
            time.pass(Duration.ofSeconds(2));
            threads.watch();
            assertThat(conduct.counts()).containsEntry(Misbehaviour.STUCK, 0L);
            threads.call("two", Duration.ofSeconds(1), () -> {
                time.pass(Duration.ofSeconds(2));
                threads.watch();
                threads.watch();
            });
        });
        assertThat(conduct.counts()).containsEntry(Misbehaviour.STUCK, 1L);
    }
}
