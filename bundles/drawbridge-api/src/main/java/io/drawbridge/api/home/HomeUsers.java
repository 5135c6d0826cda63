// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.home;

import io.drawbridge.api.model.Address;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Administers the users of the embedded home. Changes go to Config Admin ({@code io.drawbridge.home.user~ADDRESS}) and
 * act a moment later. Thread-safe; methods that change something do I/O and are not for event loops.
 */
@ProviderType
public interface HomeUsers {
    /** Returns every user with the clients registered now, by address. */
    List<HomeUser> users();

    /**
     * Adds a user.
     *
     * @param displayName for people, may be empty
     * @param password kept as digests of RFC 7616 only; the caller clears the array
     * @param allow who may see the presence: {@code user@domain} or {@code domain}
     * @throws IllegalArgumentException if the user exists already, or the password is empty
     * @throws IOException if Config Admin cannot store it
     */
    void add(Address address, String displayName, char[] password, List<String> allow) throws IOException;

    /**
     * Gives a user another password. Clients registered with the old one are cut off.
     *
     * @param password kept as digests of RFC 7616 only; the caller clears the array
     * @throws IllegalArgumentException if there is no such user, or the password is empty
     * @throws IOException if Config Admin cannot store it
     */
    void password(Address address, char[] password) throws IOException;

    /**
     * Removes a user and cuts its clients off.
     *
     * @throws IllegalArgumentException if there is no such user
     * @throws IOException if Config Admin cannot store it
     */
    void remove(Address address) throws IOException;
}
