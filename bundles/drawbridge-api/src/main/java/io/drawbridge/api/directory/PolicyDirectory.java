// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What the policy in force rests on. Thread-safe. */
@ProviderType
public interface PolicyDirectory {
    /** Returns every listed domain, by name; may be long. */
    List<DomainStatus> domains();

    /** Returns the external access policies, the global one first. */
    List<AccessPolicyStatus> accessPolicies();
}
