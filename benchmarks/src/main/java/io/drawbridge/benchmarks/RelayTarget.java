// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

/** A relay that is measured. */
interface RelayTarget extends Target {
    /** The port on 127.0.0.1 where partners connect. */
    int port();
}
