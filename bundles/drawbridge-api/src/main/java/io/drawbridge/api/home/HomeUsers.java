// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.home;

import io.drawbridge.api.model.Address;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The users of the embedded home, and what the home keeps of their passwords. Users are configured as
 * {@code io.drawbridge.home.user~NAME}; whoever changes that configuration changes the users. Thread-safe, never blocks.
 */
@ProviderType
public interface HomeUsers {
    /** Returns every user with the clients registered and the questions waiting now, by address. */
    List<HomeUser> users();

    /**
     * Returns the settings of {@code io.drawbridge.home.user} that let somebody register with a password: digests of RFC
     * 7616 section 3.4.2 with the address's domain as the realm.
     *
     * @param password not empty; the caller clears the array
     * @throws IllegalArgumentException if the password is empty
     */
    Map<String, String> credentials(Address address, char[] password);
}
