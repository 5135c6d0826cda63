// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configured user.
 *
 * @param pid the configuration that makes the user
 * @param address the address of record, folded
 * @param displayName for people, may be empty
 * @param ha1 H(A1) by algorithm, with the address's domain as the realm
 * @param allow watchers who may see the presence: addresses and domains, folded
 * @param block watchers who may not, whatever else is said of them: addresses and domains, folded
 * @param allowAll whether every verified watcher may
 */
public record User(
        String pid,
        Address address,
        String displayName,
        Map<DigestAlgorithm, String> ha1,
        Set<String> allow,
        Set<String> block,
        boolean allowAll) {
    /** Copies the collections. */
    public User {
        ha1 = Map.copyOf(ha1);
        allow = Set.copyOf(allow);
        block = Set.copyOf(block);
    }

    /** Returns H(A1), the proof of knowing the password. */
    public Optional<String> ha1(DigestAlgorithm algorithm) {
        return Optional.ofNullable(ha1.get(algorithm));
    }

    /** Returns whether the list of those who may see him names the watcher or the watcher's domain. */
    public boolean lists(Address watcher) {
        return names(allow, watcher);
    }

    /** Returns whether the list of those who may not names the watcher or the watcher's domain. */
    public boolean blocks(Address watcher) {
        return names(block, watcher);
    }

    private static boolean names(Set<String> list, Address watcher) {
        Address folded = watcher.folded();
        return list.contains(folded.toString()) || list.contains(folded.domain().value());
    }

    static User of(String pid, UserConfig config) throws InvalidSetting {
        Address address;
        try {
            address = Address.of(config.address()).folded();
        } catch (IllegalArgumentException broken) {
            throw new InvalidSetting(pid, "address", config.address(), broken.getMessage());
        }
        Map<DigestAlgorithm, String> ha1 = new EnumMap<>(DigestAlgorithm.class);
        putHash(pid, ".ha1Sha256", DigestAlgorithm.SHA_256, config._ha1Sha256(), ha1);
        if (!config._ha1Md5().isEmpty()) {
            putHash(pid, ".ha1Md5", DigestAlgorithm.MD5, config._ha1Md5(), ha1);
        }
        return new User(
                pid,
                address,
                config.displayName(),
                ha1,
                watchers(pid, "allow", config.allow()),
                watchers(pid, "block", config.block()),
                config.allowAll());
    }

    private static void putHash(
            String pid, String key, DigestAlgorithm algorithm, String hash, Map<DigestAlgorithm, String> ha1)
            throws InvalidSetting {
        if (!algorithm.isHash(hash)) {
            throw new InvalidSetting(pid, key, "***", "is a " + algorithm.token() + " hash in lower-case hexadecimal");
        }
        ha1.put(algorithm, hash);
    }

    private static Set<String> watchers(String pid, String key, String... entries) throws InvalidSetting {
        Set<String> list = new LinkedHashSet<>();
        for (String entry : entries) {
            try {
                list.add(
                        entry.contains("@")
                                ? Address.of(entry).folded().toString()
                                : DomainName.of(entry).value());
            } catch (IllegalArgumentException broken) {
                throw new InvalidSetting(pid, key, entry, "holds user@domain or domain: " + broken.getMessage());
            }
        }
        return list;
    }
}
