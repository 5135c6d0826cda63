// SPDX-License-Identifier: Apache-2.0
/** Measures the appliance beside the best that its yardsticks can do, in one run on one machine. */
package io.drawbridge.benchmarks;
