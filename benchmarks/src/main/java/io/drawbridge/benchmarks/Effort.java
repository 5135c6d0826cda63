// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param warmUp load before the first figure; a virtual machine compiles what is hot meanwhile
 * @param phase length of one measurement
 * @param rounds measurements a median is taken of
 * @param bisections steps in the search for the highest rate
 */
record Effort(Duration warmUp, Duration phase, int rounds, int bisections) {
    static final Effort FULL = new Effort(Duration.ofSeconds(40), Duration.ofSeconds(4), 5, 6);
    static final Effort QUICK = new Effort(Duration.ofSeconds(20), Duration.ofSeconds(2), 3, 4);
}
