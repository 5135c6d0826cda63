// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.net.internal.tls.AdmittedPeers;
import io.drawbridge.net.internal.tls.CertificateNames;
import io.drawbridge.net.internal.tls.OwnCertificate;
import io.drawbridge.net.internal.tls.PeerTrust;
import io.drawbridge.net.internal.tls.Revocation;
import io.drawbridge.net.internal.tls.RevocationCheck;
import io.drawbridge.net.internal.tls.TlsIdentity;
import io.drawbridge.net.internal.tls.XmppNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity that follows its settings, its files and the clock. Bad news keeps the last good certificate in force for
 * as long as that is valid. {@link #configure} may be called at any time, {@link #refresh} by one thread after the other.
 */
final class WatchedIdentity implements OwnIdentity {
    private static final Logger log = LoggerFactory.getLogger(WatchedIdentity.class);

    private final String name;
    private final String pid;
    private final InstantSource clock;
    private final Executor handshakes;
    private final RevocationNews news;
    private final AdmittedPeers admitted;

    private volatile Map<String, ?> given;
    private volatile IdentityState state = IdentityState.UNREAD;

    private Map<String, ?> read;
    private IdentitySettings settings;
    private FileStamp loadedStamp;
    private FileStamp seenStamp;
    private TlsIdentity loaded;
    private ExpiryAlarm alarm;

    WatchedIdentity(String name, String pid, InstantSource clock, Executor handshakes, RevocationNews news) {
        this.name = name;
        this.pid = pid;
        this.clock = clock;
        this.handshakes = handshakes;
        this.news = news;
        this.admitted = news.admittedPeers();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public IdentityState state() {
        return state;
    }

    /** Takes new settings, which the next refresh reads. */
    void configure(Map<String, ?> properties) {
        given = Map.copyOf(properties);
    }

    /** Reads what changed, and looks at the clock. Does I/O. */
    void refresh() {
        Instant now = clock.instant();
        List<InvalidSetting> problems = new ArrayList<>();
        try {
            IdentitySettings current = IdentitySettings.read(pid, given);
            problems.addAll(current.unknownKeys());
            follow(current, now);
        } catch (InvalidSetting invalid) {
            problems.addAll(0, invalid.all());
        }
        if (loaded != null) {
            admitted.verifyDue(loaded.trust());
        }
        boolean valid = isValid(now, problems);
        publish(new IdentityState(
                valid ? Optional.of(loaded) : Optional.empty(),
                Optional.ofNullable(loaded)
                        .map(one -> CertificateNames.identity(one.own().leaf())),
                problems));
    }

    /** Loads if the settings changed, or the files did and have come to rest, or the last attempt failed. */
    private void follow(IdentitySettings current, Instant now) throws InvalidSetting {
        FileStamp stamp = FileStamp.of(current.files());
        boolean sameSettings = given == read;
        boolean atRest = stamp.equals(seenStamp) || !sameSettings;
        seenStamp = stamp;
        if (sameSettings && (stamp.equals(loadedStamp) || !atRest)) {
            return;
        }
        load(current, now);
        settings = current;
        read = given;
        loadedStamp = stamp;
    }

    private void load(IdentitySettings from, Instant now) throws InvalidSetting {
        OwnCertificate own = from.own(now);
        PeerTrust trust = new PeerTrust(from.trustAnchors(), revocation(from), clock, handshakes, admitted);
        loaded = new TlsIdentity(own, trust);
        admitted.trustChanged();
        alarm = new ExpiryAlarm(Renewal.of(own.leaf()));
        log.info(
                "Identity {}: {} until {}, TLS by {}",
                name,
                own,
                own.leaf().getNotAfter().toInstant(),
                loaded.provider());
        if (XmppNames.hasAddress(own.leaf())) {
            log.error(
                    "Identity {}: the certificate carries an id-on-xmppAddr name, which crashes a widely installed"
                            + " server; have it issued without",
                    name);
        }
    }

    private Revocation revocation(IdentitySettings from) throws InvalidSetting {
        if (from.revocation() == RevocationPolicy.OFF) {
            return Revocation.OFF;
        }
        return news.check(new RevocationCheck.Settings(
                from.revocation() == RevocationPolicy.HARD,
                from.revocationLists(),
                from.ocsp(),
                from.crlDistributionPoints()));
    }

    private boolean isValid(Instant now, List<InvalidSetting> problems) {
        if (loaded == null) {
            return false;
        }
        try {
            for (var certificate : loaded.own().chain()) {
                settings.requireValid(certificate, now);
            }
        } catch (InvalidSetting outOfDate) {
            problems.add(outOfDate);
            return false;
        }
        if (alarm.rings(now)) {
            Instant end = loaded.own().leaf().getNotAfter().toInstant();
            log.error(
                    "Identity {}: the certificate ends at {}, in {}; renew it",
                    name,
                    end,
                    Validity.roughly(Duration.between(now, end)));
        }
        return true;
    }

    private void publish(IdentityState next) {
        List<String> known =
                state.problems().stream().map(InvalidSetting::getMessage).toList();
        next.problems().stream()
                .map(InvalidSetting::getMessage)
                .filter(message -> !known.contains(message))
                .forEach(message -> log.error("Identity {}: {}", name, message));
        if (!known.isEmpty() && next.problems().isEmpty()) {
            log.info("Identity {}: all is well again", name);
        }
        state = next;
    }
}
