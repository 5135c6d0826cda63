// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.link;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which instance stands behind a name that had to be shortened for another protocol, such as the tuple id of a resource
 * with characters that an id cannot hold. Survives a restart. Thread-safe, never blocks.
 */
@ProviderType
public interface Aliases {
    /**
     * Remembers an alias; durable a moment later. The oldest are forgotten when there are too many.
     *
     * @param alias at most 255 characters; unique among the aliases of the instance's principal
     * @param instance what it stands for
     */
    void remember(String alias, Instance instance);

    /** Returns the instance of {@code principal} that {@code alias} stands for. */
    Optional<Instance> find(Principal principal, String alias);
}
