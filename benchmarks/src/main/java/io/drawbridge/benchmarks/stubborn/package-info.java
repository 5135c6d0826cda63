/** A plug-in that does not let go, to be put in the place of a good one. */
package io.drawbridge.benchmarks.stubborn;
