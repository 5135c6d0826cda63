// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.partner;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.policy.Reason;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the plug-ins of public providers with a SIP gateway make of addresses, apart from decoration. Asked once for each
 * request that no dialog has fixed the addresses of; so this is also where a request waits, for a few seconds at most, while
 * a plug-in is replaced. Thread-safe, never blocks: what is not known is found out on the plug-in's own threads.
 */
@ProviderType
public interface NetworkAddresses {
    /**
     * Asks what the network calls somebody.
     *
     * @param provider the provider's identifier
     * @param written as the protocol wrote it
     * @return completes once and never exceptionally, on any thread
     */
    CompletionStage<Answer> toNetwork(String provider, Address written);

    /**
     * Asks what own users call somebody of the network.
     *
     * @param provider the provider's identifier
     * @param known as the protocol wrote it, without decoration
     * @return completes once and never exceptionally, on any thread
     */
    CompletionStage<Answer> fromNetwork(String provider, Address known);

    /**
     * What came of it.
     *
     * @param address the address; empty if there is none
     * @param reason why there is none; {@link Reason#ALLOWED} if there is one
     * @param detail for people: what was wrong; empty if nothing was
     */
    record Answer(Optional<Address> address, Reason reason, String detail) {
        /** Returns an address. */
        public static Answer of(Address address) {
            return new Answer(Optional.of(address), Reason.ALLOWED, "");
        }

        /** Returns that there is none. */
        public static Answer refused(Reason reason, String detail) {
            return new Answer(Optional.empty(), reason, detail);
        }
    }
}
