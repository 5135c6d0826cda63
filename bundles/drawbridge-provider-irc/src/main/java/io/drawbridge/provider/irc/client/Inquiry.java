// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.client.Outbox.Urgency;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Octets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * One kind of question about contacts, asked about several in a line. Whoever is to be asked about stands here once, however
 * often that is wanted, and one line at most waits in the outbox: whatever a server does, there is never more than one
 * question for each contact.
 */
final class Inquiry {
    /** What comes together is asked together. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    private static final int LONGEST_LIST = 400;

    private final Outbox outbox;
    private final Timers timers;
    private final Urgency urgency;
    private final BooleanSupplier mayAsk;
    private final IntSupplier most;
    private final Function<Map<String, String>, Line> question;
    private final Map<String, String> about = new LinkedHashMap<>();
    private boolean underWay;

    /**
     * Asks nothing yet.
     *
     * @param mayAsk whether the next line may be sent; when that changes it is to be {@linkplain #resume resumed}
     * @param most how many a line may hold
     * @param question makes the line when it leaves, of nicks by the form that is equal for equal ones
     */
    Inquiry(
            Outbox outbox,
            Timers timers,
            Urgency urgency,
            BooleanSupplier mayAsk,
            IntSupplier most,
            Function<Map<String, String>, Line> question) {
        this.outbox = outbox;
        this.timers = timers;
        this.urgency = urgency;
        this.mayAsk = mayAsk;
        this.most = most;
        this.question = question;
    }

    /** Asks about one more. */
    void about(String folded, String nick) {
        about.put(folded, nick);
        if (!underWay) {
            underWay = true;
            timers.after(GATHERING, this::goOn);
        }
    }

    /** Nobody wants to know any more; returns whether it was not asked yet. */
    boolean forget(String folded) {
        return about.remove(folded) != null;
    }

    /** Returns about how many is still to be asked. */
    int size() {
        return about.size();
    }

    /** Goes on with what could not be asked before. */
    void resume() {
        if (!underWay) {
            goOn();
        }
    }

    private void goOn() {
        underWay = !about.isEmpty() && mayAsk.getAsBoolean();
        if (underWay) {
            outbox.add(urgency, this::next, this, this::goOn);
        }
    }

    private Optional<Line> next() {
        underWay = mayAsk.getAsBoolean();
        if (!underWay) {
            return Optional.empty();
        }
        Map<String, String> chunk = new LinkedHashMap<>();
        int room = LONGEST_LIST;
        Iterator<Map.Entry<String, String>> rest = about.entrySet().iterator();
        while (rest.hasNext() && chunk.size() < most.getAsInt()) {
            Map.Entry<String, String> one = rest.next();
            room -= 1 + Octets.count(one.getValue());
            if (room < 0 && !chunk.isEmpty()) {
                break;
            }
            chunk.put(one.getKey(), one.getValue());
            rest.remove();
        }
        underWay = !chunk.isEmpty();
        return Optional.of(chunk).filter(some -> !some.isEmpty()).map(question);
    }
}
