// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import java.util.List;

/** Which processor is whose: what is measured has one for itself, what measures has another. */
final class Processors {
    static final int TARGET = 0;
    static final int LOAD = 1;

    private Processors() {}

    /** The command that keeps what follows it on the target's processor. */
    static List<String> pinnedAsTarget() {
        return List.of("taskset", "-c", Integer.toString(TARGET));
    }
}
