// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.testbed.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the host of providers costs: a message through it beside a direct call of the same plug-in, ten thousand linked accounts
 * that do nothing, and the return of all of them after an outage of their network.
 */
final class ProvidersBenchmark {
    private static final int ACCOUNTS = 10_000;
    private static final int LOG_INS_PER_MINUTE = 6000;
    private static final int TIMES_AS_FAST = 10;
    private static final int MESSAGES = 200_000;
    private static final int TALKERS = 100;
    private static final Instance OTHER = Instance.anyOf(Principal.of("polly", DomainName.of(LinkedNetwork.DOMAIN)));
    private static final Message TEXT = Message.chat("1", "talk", "The quick brown fox jumps over the lazy dog.");

    private final Effort effort;
    private final Report report;

    private ProvidersBenchmark(Effort effort, Report report) {
        this.effort = effort;
        this.report = report;
    }

    /** What a message costs. */
    private record Cost(double wallNanos, double cpuNanos) {}

    private void hop() {
        FasterTime time = new FasterTime(1);
        LinkedNetwork network = new LinkedNetwork(time);
        try (ProviderHost host = new ProviderHost(time, 6000)) {
            host.plug(network);
            host.link(TALKERS);
            host.awaitOnline();
            Link link = host.link();
            List<Instance> users = IntStream.range(0, TALKERS)
                    .mapToObj(number -> Instance.anyOf(ProviderHost.user(number)))
                    .toList();
            Account direct = network.open(null, null);
            IntFunction<CompletionStage<?>> called = number -> direct.deliver(users.get(number % TALKERS), OTHER, TEXT);
            IntFunction<CompletionStage<?>> hosted =
                    number -> link.deliver(new Event.Said(users.get(number % TALKERS), OTHER, TEXT));
            report.table(
                    "A message through the host beside a direct call of the plug-in, " + Station.UNDER_WAY
                            + " under way, " + TALKERS + " accounts",
                    List.of(row("direct call", called), row("through the host", hosted)));
        }
    }

    private Report.Row row(String name, IntFunction<CompletionStage<?>> way) {
        carry(way);
        List<Cost> costs = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            costs.add(carry(way));
        }
        return new Report.Row()
                .with("way", name)
                .with(
                        "ns per message",
                        median(costs.stream().mapToDouble(Cost::wallNanos).toArray()))
                .with(
                        "CPU ns per message",
                        median(costs.stream().mapToDouble(Cost::cpuNanos).toArray()));
    }

    private static Cost carry(IntFunction<CompletionStage<?>> way) {
        Semaphore room = new Semaphore(Station.UNDER_WAY);
        AtomicInteger delivered = new AtomicInteger();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        for (int number = 0; number < MESSAGES; number++) {
            room.acquireUninterruptibly();
            way.apply(number).whenComplete((outcome, none) -> {
                if (outcome instanceof DeliveryOutcome.Delivered || outcome instanceof Outcome.Delivered) {
                    delivered.incrementAndGet();
                }
                room.release();
            });
        }
        room.acquireUninterruptibly(Station.UNDER_WAY);
        double wall = System.nanoTime() - start;
        double used = cpuNanos() - cpu;
        if (delivered.get() != MESSAGES) {
            throw new IllegalStateException("only " + delivered + " of " + MESSAGES + " were delivered");
        }
        return new Cost(wall / MESSAGES, used / MESSAGES);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double median(double... values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private void accounts() {
        FasterTime time = new FasterTime(TIMES_AS_FAST);
        LinkedNetwork network = new LinkedNetwork(time);
        try (ProviderHost host = new ProviderHost(time, LOG_INS_PER_MINUTE)) {
            host.plug(network);
            host.link(TALKERS);
            host.awaitOnline();
            long heap = heap();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            report.say("Linking " + ACCOUNTS + " accounts");
            host.link(ACCOUNTS);
            host.awaitOnline();
            List<Instant> first = network.takeSignIns();
            double bytes = heap() - heap;
            int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
            report.table(
                    ACCOUNTS + " linked accounts that do nothing",
                    List.of(new Report.Row()
                            .with("heap per account, bytes", bytes / ACCOUNTS)
                            .with("heap of all, MiB", bytes / 1048576)
                            .with("threads more than with " + TALKERS, more)));
            report.say("Their network goes away for three minutes and comes back");
            network.goAway();
            Instant away = time.instant();
            Eventually.await(
                    "three minutes", Duration.ofMinutes(1), () -> time.instant().isAfter(away.plusSeconds(180)));
            List<Instant> meanwhile = network.takeSignIns();
            network.comeBack();
            Instant back = time.instant();
            host.awaitOnline();
            Duration taken = Duration.between(back, time.instant());
            List<Instant> afterwards = new ArrayList<>(meanwhile);
            afterwards.addAll(network.takeSignIns());
            report.table(
                    "Sign-ins with a budget of " + LOG_INS_PER_MINUTE + " a minute, in time that runs " + TIMES_AS_FAST
                            + " times as fast",
                    List.of(
                            signIns("first, all at once", first),
                            signIns("the outage and the return", afterwards)
                                    .with("until all are back, s", taken.toMillis() / 1000.0)));
        }
    }

    private static Report.Row signIns(String when, List<Instant> all) {
        List<Instant> sorted = all.stream().sorted().toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (!sorted.get(from).plusSeconds(60).isAfter(sorted.get(to))) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        double seconds =
                Duration.between(sorted.get(0), sorted.get(sorted.size() - 1)).toMillis() / 1000.0;
        return new Report.Row()
                .with("when", when)
                .with("sign-ins", sorted.size())
                .with("on average a minute", sorted.size() * 60 / seconds)
                .with("most in any minute", most)
                .with("over the budget", Math.max(0, most - LOG_INS_PER_MINUTE))
                .with("until all are back, s", seconds);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** {@code --quick} measures fewer rounds, {@code --out DIRECTORY} says where the report goes. */
    public static void main(String[] arguments) throws IOException {
        Arguments wanted = Arguments.of(arguments, List.of("providers"));
        Report report = new Report(System.out);
        ProvidersBenchmark benchmark = new ProvidersBenchmark(wanted.effort(), report);
        benchmark.hop();
        benchmark.accounts();
        report.save(wanted.output(), "providers");
    }
}
