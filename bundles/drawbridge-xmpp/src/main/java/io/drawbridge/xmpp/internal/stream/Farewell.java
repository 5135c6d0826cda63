// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The end of all streams, in an order that leaves nobody without an answer: what was said is acknowledged first, then the
 * streams end on which partners may still say something, and only then those on which they are answered.
 */
final class Farewell {
    private static final Duration ANSWERS = Duration.ofSeconds(5);
    private static final Duration ENDING = XmppSettings.CLOSING.plusSeconds(1);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Set<XmlStream> streams;
    private final UnderWay stanzas;
    private final Runnable shutting;

    /**
     * Prepares it.
     *
     * @param streams all there are; those that end leave it
     * @param stanzas sent, and without outcome
     * @param shutting answers the stanzas that found no stream in time
     */
    Farewell(Set<XmlStream> streams, UnderWay stanzas, Runnable shutting) {
        this.streams = streams;
        this.stanzas = stanzas;
        this.shutting = shutting;
    }

    /** Says it to all. Blocks; not for event loops. */
    void say() {
        stanzas.await(ANSWERS);
        end(stream -> stream.connection().accepted());
        stanzas.await(ANSWERS);
        shutting.run();
        end(any -> true);
    }

    private void end(Predicate<XmlStream> concerned) {
        streams.stream().filter(concerned).forEach(stream -> stream.loop().execute(stream::close));
        long deadline = System.nanoTime() + ENDING.toNanos();
        while (streams.stream().anyMatch(concerned) && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
