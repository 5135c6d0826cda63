/** What the standards ask, and the table of the tests that show it. */
package io.drawbridge.conformance;
