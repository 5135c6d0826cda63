// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Which DNS servers are asked, and whether they answer. */
@ProviderType
public interface NameServerDirectory {
    /** Returns every name server in use, in configured order; empty if there is none to ask. Thread-safe. */
    List<NameServerStatus> nameServers();
}
