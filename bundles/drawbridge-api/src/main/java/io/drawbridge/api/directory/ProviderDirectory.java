// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The public providers and the accounts with them. Thread-safe, never blocks. */
@ProviderType
public interface ProviderDirectory {
    /** Returns every provider that is configured or has a plug-in, by identifier. */
    List<ProviderStatus> providers();

    /** Returns every account in force, by provider and name. */
    List<ProviderAccountStatus> accounts();
}
