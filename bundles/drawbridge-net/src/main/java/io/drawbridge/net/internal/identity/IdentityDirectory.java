// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Publishes the configured identities, and makes what new ones need. */
@Component(service = {IdentityDirectory.class, Identities.class, MetricSource.class})
public final class IdentityDirectory implements Identities, MetricSource {
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final Clock clock;
    private final CertificateRequests requests;
    private final TrialAuthority authority;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<OwnIdentity> identities = new CopyOnWriteArrayList<>();

    private final List<IdentityUse> uses = new CopyOnWriteArrayList<>();

    /** Starts empty; identities come and go as services, their users tell. */
    @Activate
    public IdentityDirectory() {
        this(Clock.systemUTC());
    }

    IdentityDirectory(Clock clock) {
        this.clock = clock;
        requests = new CertificateRequests(clock);
        authority = new TrialAuthority(clock);
    }

    /** Returns the identity of that name, if one is configured. */
    public Optional<OwnIdentity> identity(String name) {
        return identities.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Enters a user. */
    public void add(IdentityUse use) {
        uses.add(use);
    }

    /** Removes a user. */
    public void remove(IdentityUse use) {
        uses.remove(use);
    }

    @Override
    public List<IdentityStatus> identities() {
        return identities.stream()
                .map(this::status)
                .sorted(Comparator.comparing(IdentityStatus::name))
                .toList();
    }

    private IdentityStatus status(OwnIdentity identity) {
        List<String> usedBy = uses.stream()
                .filter(use -> use.identityName().equals(identity.name()))
                .map(IdentityUse::name)
                .sorted()
                .toList();
        IdentityState state = identity.state();
        Optional<Instant> renewFrom =
                state.usable().map(tls -> Renewal.of(tls.own().leaf()).from());
        boolean clientPurpose =
                state.usable().filter(tls -> provesClients(tls.own().leaf())).isPresent();
        return new IdentityStatus(identity.name(), state.certificate(), renewFrom, state.why(), usedBy, clientPurpose);
    }

    private static boolean provesClients(X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes == null || purposes.contains(CLIENT_AUTH) || purposes.contains(ANY_PURPOSE);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    @Override
    public void collect(MetricSink sink) {
        for (OwnIdentity identity : identities) {
            identity.state()
                    .certificate()
                    .ifPresent(certificate -> sink.gauge(
                            "drawbridge_certificate_days_left",
                            "Days until an own certificate ends, negative after its end.",
                            Duration.between(clock.instant(), certificate.notAfter())
                                            .toSeconds()
                                    / SECONDS_A_DAY,
                            "identity",
                            identity.name()));
        }
    }

    @Override
    public Path request(String name, List<String> dnsNames, boolean clientPurpose, Path directory) throws IOException {
        return requests.request(name, dnsNames, clientPurpose, directory);
    }

    @Override
    public Path accept(String name, Path chain, Path directory) throws IOException {
        return requests.accept(name, chain, directory);
    }

    @Override
    public Path test(String name, List<String> dnsNames, Path directory) throws IOException {
        return authority.certificate(name, dnsNames, directory);
    }
}
