// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.diagnosis;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.TrafficKind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tries what traffic would do. Offered by each protocol under the service property {@value #PROTOCOL}. Results arrive
 * on another thread and within 33 seconds.
 */
@ProviderType
public interface Diagnosis {
    /** Service property that names the protocol, such as {@code sip}. */
    String PROTOCOL = "drawbridge.protocol";

    /**
     * Returns whether traffic with a foreign domain goes by this protocol, as configured now. Of several that say so, the
     * service with the highest ranking is the one to ask: what no partner's protocol claims goes by SIP. Never blocks.
     */
    boolean serves(DomainName foreign);

    /** Explains what would become of a request between two addresses, one of them an own user's. */
    CompletionStage<Explanation> why(Address sender, Address recipient, TrafficKind kind);

    /**
     * Sends a synthetic transaction to a partner's domain along the real path, unless a person there would see it.
     *
     * @return every step in order, up to and including the failure that no other server made good
     */
    CompletionStage<List<Step>> testPartner(DomainName domain);
}
