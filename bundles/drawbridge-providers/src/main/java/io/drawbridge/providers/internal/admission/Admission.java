// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.List;

/** Tells which plug-ins may not start; a service within this bundle. */
public interface Admission {
    /** Returns those that are installed and may not start. Thread-safe. */
    List<Refusal> refused();
}
