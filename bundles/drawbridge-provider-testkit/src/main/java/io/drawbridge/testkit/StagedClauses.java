// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

/** A group of contract tests that are played in a host. */
abstract class StagedClauses extends Clauses<ProviderContract> {
    StagedClauses(ProviderContract vendor) {
        super(vendor);
    }

    final Stage stage() {
        return vendor().stage();
    }
}
