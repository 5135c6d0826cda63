// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.directory.LedgerStatus;
import io.drawbridge.api.directory.LedgerStatus.State;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in a database. One thread of its own talks to the database: it writes together what came while it wrote the
 * last time, so that many steps share one flush to the disk. While the database cannot be used every step fails at once,
 * and the thread tries to get back to it, less and less often.
 */
final class JdbcLedger implements Ledger, MetricSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcLedger.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration COMPLAINTS = Duration.ofSeconds(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    private final InstantSource clock;
    private final WriteQueue queue = new WriteQueue();
    private final Queue<Consumer<Content>> untold = new ConcurrentLinkedQueue<>();
    private final List<Consumer<Content>> told = new ArrayList<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Thread thread = new Thread(this::work, "drawbridge-ledger");

    private volatile Condition condition;
    private volatile List<String> leftOut = List.of();
    private Unreadable unreadable = new Unreadable();
    private Connection connection;
    private Database database;
    private Duration pause = Duration.ZERO;
    private Instant nextTry = Instant.EPOCH;
    private Instant lastComplaint = Instant.EPOCH;

    /** Starts without a database. */
    JdbcLedger(InstantSource clock) {
        this.clock = clock;
        condition = new Condition("", State.OPENING, "", clock.instant());
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes over to a database. What the last one holds stays there. */
    void use(Database next) {
        queue.moveTo(next);
    }

    /** Returns whether the database can be used at present. */
    boolean isOpen() {
        return condition.state() == State.OPEN;
    }

    /** Returns how it is, for people. */
    LedgerStatus status() {
        Condition now = condition;
        return new LedgerStatus(now.place(), now.state(), now.why(), now.since(), queue.size(), leftOut);
    }

    /** A state begins when it differs from the last one; why it lasts may change. */
    private void is(State state, String why) {
        Condition last = condition;
        String place = String.valueOf(database);
        boolean lasts = last.state() == state && last.place().equals(place);
        condition = new Condition(place, state, why, lasts ? last.since() : clock.instant());
    }

    @Override
    public CompletionStage<Void> keep(Right right, Entitlement entitlement) {
        return queue.now(right, tables -> tables.write(right, entitlement));
    }

    @Override
    public void keepLater(Right right, Entitlement entitlement) {
        queue.later(right, tables -> tables.write(right, entitlement));
    }

    @Override
    public void keepLater(Right right, Optional<PresenceDocument> shown) {
        queue.later(new Shown(right), tables -> {
            if (shown.isPresent()) {
                tables.write(right, shown.get());
            } else {
                tables.forgetShown(right);
            }
        });
    }

    @Override
    public void keepLater(String alias, Instance instance) {
        Alias key = new Alias(instance.principal(), alias);
        Instant now = clock.instant();
        queue.later(key, tables -> tables.write(key, instance, now));
    }

    @Override
    public CompletionStage<Void> keep(Consent consent) {
        Instant now = clock.instant();
        return queue.now(consent, tables -> tables.write(consent, now));
    }

    @Override
    public CompletionStage<Void> forgetConsents(Address user) {
        return queue.now(user, tables -> tables.forgetConsents(user));
    }

    @Override
    public void keepLater(Question question) {
        queue.later(Asked.of(question), tables -> tables.write(question));
    }

    @Override
    public void forgetLater(Question question) {
        queue.later(Asked.of(question), tables -> tables.forget(question));
    }

    @Override
    public void onOpened(Consumer<Content> listener) {
        // What was asked for earlier is written or has failed by then, so that what is read holds it.
        queue.passed().whenComplete((passed, failure) -> untold.add(listener));
    }

    /** Writes what waits and closes the database. Blocks for a while. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void collect(MetricSink sink) {
        sink.gauge("drawbridge_ledger_open", "Whether the ledger's database can be used", isOpen() ? 1 : 0);
        sink.gauge("drawbridge_ledger_waiting", "Writes that wait for the ledger's database", queue.size());
        sink.counter("drawbridge_ledger_writes", "Writes the ledger has kept", written.doubleValue());
        sink.counter("drawbridge_ledger_failures", "Writes the ledger could not keep", failed.doubleValue());
    }

    private void work() {
        try {
            for (WriteQueue.Batch batch = queue.take(); !batch.isLast(); batch = queue.take()) {
                batch.database().ifPresent(this::moveTo);
                handle(batch);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void moveTo(Database next) {
        disconnect();
        database = next;
        untold.addAll(told);
        told.clear();
        leavesOut(new Unreadable());
        pause = Duration.ZERO;
        nextTry = Instant.EPOCH;
        is(State.OPENING, "");
    }

    /** A connection may have died since it was last used, so what one cannot write another tries once. */
    private void handle(WriteQueue.Batch batch) {
        boolean used = connection != null;
        if (!used) {
            openIfDue();
        }
        if (connection == null) {
            turnAway(batch);
        } else if (batch.isEmpty() || written(batch)) {
            tellWhoCame();
        } else if (used) {
            handle(batch);
        } else {
            batch.single().forEach(this::handleAlone);
        }
    }

    private void turnAway(WriteQueue.Batch batch) {
        failed.add(batch.urgent());
        queue.putBack(batch);
        batch.fail(new LedgerFailure("the ledger is not open", null));
    }

    /** One change that no database can take must not cost the others, and they must not be lost with a full disk. */
    private void handleAlone(WriteQueue.Batch change) {
        if (connection == null) {
            openIfDue();
        }
        if (connection == null) {
            turnAway(change);
        } else if (!written(change)) {
            openIfDue();
            if (connection == null) {
                turnAway(change);
            } else {
                failed.add(change.writes().size());
                change.fail(new LedgerFailure("the ledger cannot be written", null));
            }
        }
    }

    private void openIfDue() {
        if (database == null || clock.instant().isBefore(nextTry)) {
            return;
        }
        try {
            connection = database.open();
            Schema.migrate(connection);
            database.commit(connection);
            // What can be read is told even where nothing can be written.
            tell();
            Schema.prove(connection);
            database.commit(connection);
            is(State.OPEN, "");
            LOG.info("The ledger is open: {}", database);
            pause = Duration.ZERO;
        } catch (SQLException | RuntimeException unusable) {
            failed(unusable);
            complain("cannot be opened, authorizations wait for it", unusable);
            pause = pause.isZero() ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
            nextTry = clock.instant().plus(pause);
        }
    }

    private void tellWhoCame() {
        try {
            tell();
        } catch (SQLException | RuntimeException unread) {
            complain("cannot be read", unread);
            failed(unread);
        }
    }

    /** Reads for those who were not told yet; whoever comes meanwhile is told the next time. */
    private void tell() throws SQLException {
        List<Consumer<Content>> waiting = List.copyOf(untold);
        if (waiting.isEmpty()) {
            return;
        }
        Content content = read();
        for (Consumer<Content> listener : waiting) {
            listener.accept(content);
            untold.remove(listener);
            told.add(listener);
        }
        LOG.info("The ledger holds {} rights", content.rights().size());
    }

    private Content read() throws SQLException {
        Unreadable left = new Unreadable();
        Content content = new LedgerTables(connection).read(left);
        connection.commit();
        leavesOut(left);
        leftOut.forEach(row -> LOG.error("The ledger {} holds what cannot be read and is left out: {}", database, row));
        return content;
    }

    private void leavesOut(Unreadable rows) {
        unreadable = rows;
        leftOut = rows.said();
    }

    private boolean written(WriteQueue.Batch batch) {
        try {
            LedgerTables tables = new LedgerTables(connection);
            for (WriteQueue.Write write : batch.writes()) {
                write.to(tables);
            }
            database.commit(connection);
            unreadable.replaced(tables.changed());
            leavesOut(unreadable);
            written.add(batch.writes().size());
            batch.done();
            return true;
        } catch (SQLException | RuntimeException unwritten) {
            complain("did not keep " + batch.writes().size() + " changes", unwritten);
            failed(unwritten);
            return false;
        }
    }

    /** Says what is wrong, but not with every step that fails for the same reason. */
    private void complain(String what, Exception failure) {
        Instant now = clock.instant();
        if (now.isAfter(lastComplaint.plus(COMPLAINTS))) {
            lastComplaint = now;
            LOG.error("The ledger {} {}: {}", database, what, reason(failure));
        }
    }

    private static String reason(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private void failed(Exception failure) {
        disconnect();
        is(State.FAILED, reason(failure));
    }

    private void disconnect() {
        if (connection == null) {
            return;
        }
        try (Connection closed = connection) {
            if (!closed.isClosed()) {
                closed.rollback();
            }
        } catch (SQLException gone) {
            LOG.debug("The ledger's connection did not close well", gone);
        }
        connection = null;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** How the ledger is, apart from what changes with each step. */
    private record Condition(String place, State state, String why, Instant since) {}

    /** Tells what a watcher was shown from the right itself. */
    private record Shown(Right right) {}

    /** What is the same of a question that is asked again. */
    private record Asked(Address user, Address watcher) {
        static Asked of(Question question) {
            return new Asked(question.user(), question.watcher());
        }
    }
}
