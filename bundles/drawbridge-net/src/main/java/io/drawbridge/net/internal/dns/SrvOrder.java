// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.xbill.DNS.SRVRecord;

/**
 * The order in which SRV targets are tried: by priority, and among equals by weighted chance (RFC 2782, "Weight").
 */
final class SrvOrder {
    private final RandomGenerator random;

    SrvOrder(RandomGenerator random) {
        this.random = random;
    }

    List<SRVRecord> draw(List<SRVRecord> records) {
        List<SRVRecord> waiting = new ArrayList<>(records);
        // Weight 0 goes first within its priority, so that it has a very small chance instead of none.
        waiting.sort(Comparator.comparingInt(SRVRecord::getPriority).thenComparingInt(SRVRecord::getWeight));
        List<SRVRecord> drawn = new ArrayList<>(waiting.size());
        while (!waiting.isEmpty()) {
            drawn.add(waiting.remove(next(waiting)));
        }
        return drawn;
    }

    private int next(List<SRVRecord> waiting) {
        int equals = 0;
        int weights = 0;
        while (equals < waiting.size()
                && waiting.get(equals).getPriority() == waiting.get(0).getPriority()) {
            weights += waiting.get(equals).getWeight();
            equals++;
        }
        int chosen = random.nextInt(weights + 1);
        int running = 0;
        for (int i = 0; i < equals; i++) {
            running += waiting.get(i).getWeight();
            if (running >= chosen) {
                return i;
            }
        }
        return equals - 1;
    }
}
