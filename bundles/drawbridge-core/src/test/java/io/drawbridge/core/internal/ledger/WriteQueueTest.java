// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.core.internal.ledger.WriteQueue.Write;
import org.junit.jupiter.api.Test;

/** In which order changes reach the database, and which of two about the same thing counts. */
final class WriteQueueTest {
    private static final Write OLDER = tables -> {};
    private static final Write NEWER = tables -> {};

    private final WriteQueue queue = new WriteQueue();

    @Test
    void whatIsLateGivesWayToWhatSomebodyWaitsForAboutTheSameThing() throws InterruptedException {
        queue.later("right", OLDER);
        queue.now("right", NEWER);
        assertThat(queue.take().writes()).containsExactly(NEWER);
    }

    @Test
    void whatIsPutBackGivesWayToWhatCameMeanwhile() throws InterruptedException {
        queue.later("right", OLDER);
        queue.later("other", OLDER);
        WriteQueue.Batch failed = queue.take();
        queue.later("right", NEWER);
        queue.putBack(failed);
        assertThat(queue.take().writes()).containsExactlyInAnyOrder(NEWER, OLDER);
    }

    @Test
    void whatIsPutBackGivesWayToWhatSomebodyWaitsForMeanwhile() throws InterruptedException {
        queue.later("right", OLDER);
        WriteQueue.Batch failed = queue.take();
        queue.now("right", NEWER);
        queue.putBack(failed);
        assertThat(queue.take().writes()).containsExactly(NEWER);
        assertThat(queue.size()).isZero();
    }
}
