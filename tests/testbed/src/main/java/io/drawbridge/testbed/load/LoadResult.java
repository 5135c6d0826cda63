// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What became of the transactions of one phase.
 *
 * @param sent requests sent
 * @param answered answered with 2xx in time
 * @param refused answered with another final response
 * @param late answered with 2xx after the deadline, but before the phase was over
 * @param duplicates final responses beyond the first
 * @param disconnects connections lost
 * @param nanos how long requests were sent
 * @param latency from when a request was due to its final response, nanoseconds
 */
public record LoadResult(
        long sent,
        long answered,
        long refused,
        long late,
        long duplicates,
        long disconnects,
        long nanos,
        Histogram latency) {
    private static final int FIELDS = 8;

    /** Returns the share of requests that were not answered with 2xx in time. */
    public double loss() {
        return sent == 0 ? 0 : 1 - (double) answered / sent;
    }

    /** Returns how many requests have no final response at all. */
    public long missing() {
        return sent - answered - refused - late;
    }

    /** Returns transactions answered in time per second. */
    public double rate() {
        return answered * 1e9 / nanos;
    }

    /** Returns the time within which this share, in percent, of the transactions ended. */
    public Duration percentile(double percent) {
        return Duration.ofNanos(latency.getValueAtPercentile(percent));
    }

    /** Returns the result as one line of text. */
    String encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(latency.getNeededByteBufferCapacity());
        int length = latency.encodeIntoCompressedByteBuffer(buffer);
        String histogram = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
        return String.join(
                " ",
                Long.toString(sent),
                Long.toString(answered),
                Long.toString(refused),
                Long.toString(late),
                Long.toString(duplicates),
                Long.toString(disconnects),
                Long.toString(nanos),
                histogram);
    }

    static LoadResult decoded(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalStateException("Not a result: " + line);
        }
        try {
            ByteBuffer histogram = ByteBuffer.wrap(Base64.getDecoder().decode(fields[7]));
            return new LoadResult(
                    Long.parseLong(fields[0]),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Long.parseLong(fields[6]),
                    Histogram.decodeFromCompressedByteBuffer(histogram, 0));
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
