// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.home;

import io.drawbridge.api.model.Address;
import java.util.List;

/**
 * A user of the embedded home.
 *
 * @param address the address of record
 * @param displayName for people, may be empty
 * @param allow who may see the presence: {@code user@domain} or {@code domain}
 * @param block who may not see it, whatever else is said: {@code user@domain} or {@code domain}
 * @param allowAll whether every verified watcher may see the presence
 * @param contacts the clients registered now
 * @param questions who asked to see the presence and waits for the user's word, those asked first before the others
 * @param pid the configuration that makes this user
 */
public record HomeUser(
        Address address,
        String displayName,
        List<String> allow,
        List<String> block,
        boolean allowAll,
        List<HomeContact> contacts,
        List<Question> questions,
        String pid) {
    /** Copies the lists. */
    public HomeUser {
        allow = List.copyOf(allow);
        block = List.copyOf(block);
        contacts = List.copyOf(contacts);
        questions = List.copyOf(questions);
    }
}
