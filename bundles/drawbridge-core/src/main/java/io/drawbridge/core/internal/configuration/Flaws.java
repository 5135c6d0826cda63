// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.core.internal.policy.Shown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the values of one PID and collects what is wrong with them, up to a number a person can still read. */
final class Flaws {
    private static final int MOST = 100;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private final String pid;
    private final List<InvalidSetting> found = new ArrayList<>();

    Flaws(String pid) {
        this.pid = pid;
    }

    void add(String key, String value, String rule) {
        if (found.size() < MOST) {
            found.add(new InvalidSetting(pid, key, Shown.text(value), rule));
        } else if (found.size() == MOST) {
            found.add(new InvalidSetting(pid, key, "…", "has more values like these; mend these first"));
        }
    }

    List<InvalidSetting> found() {
        return List.copyOf(found);
    }

    boolean none() {
        return found.isEmpty();
    }

    /** Reads a domain; empty, with a flaw, if it is not one. */
    Optional<DomainName> domain(String key, String text) {
        return read(key, text, DomainName::of);
    }

    /** Reads domains and leaves out those that are none. */
    Set<DomainName> domains(String key, String[] texts) {
        Set<DomainName> domains = new LinkedHashSet<>();
        for (String text : texts) {
            domain(key, text).ifPresent(domains::add);
        }
        return domains;
    }

    /** Reads users' addresses in the form policies are looked up by, and leaves out those that are none. */
    Set<Address> users(String key, String[] texts) {
        Set<Address> users = new LinkedHashSet<>();
        for (String text : texts) {
            read(key, text, Address::of).map(Address::folded).ifPresent(users::add);
        }
        return users;
    }

    /** Reads the FQDN of a server, with or without a port; empty for an empty text. */
    Optional<HostPort> server(String key, String text) {
        return text.isBlank()
                ? Optional.empty()
                : read(key, text, value -> {
                    HostPort server = HostPort.of(value);
                    return new HostPort(DomainName.of(server.host()).value(), server.port());
                });
    }

    /** Reads a host and port, where an IP address will do; empty for an empty text. */
    Optional<HostPort> hostPort(String key, String text) {
        return text.isBlank() ? Optional.empty() : read(key, text, HostPort::of);
    }

    /** Reads SHA-256 fingerprints, and leaves out those that are none. */
    Set<String> fingerprints(String key, String[] texts) {
        Set<String> fingerprints = new LinkedHashSet<>();
        for (String text : texts) {
            fingerprint(key, text).ifPresent(fingerprints::add);
        }
        return fingerprints;
    }

    /** Reads a SHA-256 fingerprint, with or without colons. */
    Optional<String> fingerprint(String key, String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (FINGERPRINT.matcher(digits).matches()) {
            return Optional.of(digits);
        }
        add(key, text, "is a SHA-256 fingerprint, 64 hexadecimal digits with or without colons");
        return Optional.empty();
    }

    private <T> Optional<T> read(String key, String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException wrong) {
            add(key, text, wrong.getMessage());
            return Optional.empty();
        }
    }
}
