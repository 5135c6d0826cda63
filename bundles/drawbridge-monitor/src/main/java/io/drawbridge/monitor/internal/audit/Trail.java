// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import io.drawbridge.api.audit.AuditTrail;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the audit to its logger and keeps its end. */
@Component(service = {AuditTrail.class, Trail.class})
public final class Trail implements AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final int KEPT = 1000;

    private final Clock clock;
    private final Deque<AuditEntry> newest = new ArrayDeque<>();

    /** Dates entries by the system's clock and zone. */
    @Activate
    public Trail() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    Trail(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void record(String action, String subject, List<Change> changes) {
        record(Actor.current(""), action, subject, changes);
    }

    void record(String who, String action, String subject, List<Change> changes) {
        AuditEntry entry = new AuditEntry(clock.instant(), who, action, subject, changes);
        synchronized (newest) {
            newest.addFirst(entry);
            if (newest.size() > KEPT) {
                newest.removeLast();
            }
        }
        LOG.info("{}", line(entry));
    }

    @Override
    public List<AuditEntry> last(int limit) {
        synchronized (newest) {
            return newest.stream().limit(limit).toList();
        }
    }

    String line(AuditEntry entry) {
        String when =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ZonedDateTime.ofInstant(entry.when(), clock.getZone()));
        String changes = entry.changes().stream()
                .map(change -> change.key() + ": " + quoted(change.before()) + " -> " + quoted(change.after()))
                .collect(Collectors.joining(", "));
        String line = when + " " + quoted(entry.who()) + " " + entry.action() + " " + entry.subject()
                + (changes.isEmpty() ? "" : " {" + changes + "}");
        // A value must not be able to forge another line.
        return line.replaceAll("\\p{Cntrl}", "?");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
