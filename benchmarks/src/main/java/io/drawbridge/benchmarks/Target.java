// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

import io.drawbridge.testbed.ProcessUsage;

/** A server that is measured: it runs alone on {@link Processors#TARGET} while it is loaded. */
interface Target extends AutoCloseable {
    /** The name in tables. */
    String name();

    /** The main process. */
    long pid();

    /** CPU seconds it has used since it started. */
    default double cpuSeconds() {
        return ProcessUsage.cpuSecondsOf(pid());
    }

    /** Memory it holds now, in bytes. */
    default long residentBytes() {
        return ProcessUsage.of(pid()).residentBytes();
    }

    @Override
    void close();
}
