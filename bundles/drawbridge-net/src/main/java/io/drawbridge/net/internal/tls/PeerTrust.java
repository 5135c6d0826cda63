// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.netty.channel.Channel;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Whether a peer's chain leads to the configured anchors and is fit for TLS servers. The server purpose is asked of
 * peers in both directions: public authorities no longer issue the client purpose, and a federation edge is a server
 * that also calls. Names are not judged here; that is the protocol's rule. Thread-safe.
 */
public final class PeerTrust {
    /** Interworking 9.8. */
    private static final int LONGEST_CHAIN = 5;

    private static final int LARGEST_CHAIN_BYTES = 16 * 1024;
    private static final Duration ACCEPTANCE_LASTS = Duration.ofMinutes(10);
    private static final int MOST_ACCEPTANCES = 1_000;

    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
    /** RFC 5924. */
    private static final String SIP_DOMAIN_PURPOSE = "1.3.6.1.5.5.7.3.20";

    private static final Set<String> PURPOSES = Set.of(ANY_PURPOSE, SERVER_PURPOSE, SIP_DOMAIN_PURPOSE);

    private final Set<X509Certificate> anchors;
    private final Revocation revocation;
    private final InstantSource clock;
    private final Executor executor;
    private final AdmittedPeers admitted;
    private final BoundedMap<String, Instant> acceptedUntil = new BoundedMap<>(MOST_ACCEPTANCES);

    /**
     * Trusts what leads to {@code anchors}.
     *
     * @param anchors certification authorities, or certificates of single peers
     * @param revocation asked once the path is known to be sound
     * @param clock for validity
     * @param executor where handshakes run {@link #verify}, which may block on look-ups
     */
    public PeerTrust(Set<X509Certificate> anchors, Revocation revocation, InstantSource clock, Executor executor) {
        this(anchors, revocation, clock, executor, new AdmittedPeers(clock, new LongAdder()));
    }

    /**
     * Trusts what leads to {@code anchors}, in the place of what was trusted before.
     *
     * @param admitted the peers that were let in before, and those that will be
     */
    public PeerTrust(
            Set<X509Certificate> anchors,
            Revocation revocation,
            InstantSource clock,
            Executor executor,
            AdmittedPeers admitted) {
        this.anchors = Set.copyOf(anchors);
        this.revocation = revocation;
        this.clock = clock;
        this.executor = executor;
        this.admitted = admitted;
    }

    Executor executor() {
        return executor;
    }

    /** Notes that a connection began with this chain, which may be verified again while it lasts. */
    public void admit(Channel channel, List<X509Certificate> chain) {
        admitted.add(channel, chain);
    }

    /** Returns whether {@link #verify} accepted this chain a short while ago; quick, does no cryptography but a hash. */
    boolean recentlyAccepted(List<X509Certificate> chain) {
        Instant until = acceptedUntil.get(key(chain));
        return until != null && clock.instant().isBefore(until);
    }

    /**
     * Verifies a chain; may block on revocation look-ups.
     *
     * @param presented the peer's own certificate first, at least one
     * @throws UntrustedCertificate if it is refused, with the cause
     * @throws CertificateException if a certificate cannot be read
     */
    void verify(List<X509Certificate> presented) throws CertificateException {
        if (recentlyAccepted(presented)) {
            return;
        }
        bound(presented);
        List<X509Certificate> chain = CertificateFiles.copies(presented);
        Instant now = clock.instant();
        requireServerPurpose(chain.get(0));
        List<X509Certificate> path = anchors.contains(chain.get(0)) ? pinned(chain.get(0), now) : path(chain, now);
        revocation.require(path, now);
        acceptedUntil.put(key(presented), acceptedUntil(path, now));
    }

    private static void bound(List<X509Certificate> chain) throws UntrustedCertificate {
        if (chain.size() > LONGEST_CHAIN) {
            throw new UntrustedCertificate(HandshakeFailure.CHAIN_TOO_LARGE, chain.size() + " certificates");
        }
        int bytes = chain.stream()
                .mapToInt(certificate -> CertificateNames.encoded(certificate).length)
                .sum();
        if (bytes > LARGEST_CHAIN_BYTES) {
            throw new UntrustedCertificate(HandshakeFailure.CHAIN_TOO_LARGE, bytes + " bytes");
        }
    }

    private static void requireServerPurpose(X509Certificate certificate) throws CertificateException {
        List<String> purposes = certificate.getExtendedKeyUsage();
        if (purposes != null && purposes.stream().noneMatch(PURPOSES::contains)) {
            throw new UntrustedCertificate(HandshakeFailure.WRONG_PURPOSE, "extended key usage " + purposes);
        }
    }

    private static List<X509Certificate> pinned(X509Certificate certificate, Instant now) throws CertificateException {
        requireValid(certificate, now);
        return List.of(certificate);
    }

    /** Returns the path from the peer's certificate to its anchor, both included. */
    private List<X509Certificate> path(List<X509Certificate> chain, Instant now) throws CertificateException {
        X509CertSelector own = new X509CertSelector();
        own.setCertificate(chain.get(0));
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trustAnchors(), own);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST_CHAIN - 1);
            parameters.setDate(Date.from(now));
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            List<X509Certificate> path = new ArrayList<>();
            result.getCertPath().getCertificates().forEach(certificate -> path.add((X509Certificate) certificate));
            path.add(result.getTrustAnchor().getTrustedCert());
            return path;
        } catch (CertPathBuilderException noPath) {
            throw refusal(noPath, chain, now);
        } catch (InvalidAlgorithmParameterException noAnchors) {
            throw new UntrustedCertificate(HandshakeFailure.UNKNOWN_AUTHORITY, "no trust anchor is configured");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has PKIX", impossible);
        }
    }

    private Set<TrustAnchor> trustAnchors() {
        return anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
    }

    /** The builder says only that there is no path; the certificates themselves say more. */
    private static CertificateException refusal(
            CertPathBuilderException noPath, List<X509Certificate> chain, Instant now) {
        try {
            for (X509Certificate certificate : chain) {
                requireValid(certificate, now);
            }
        } catch (CertificateException outOfDate) {
            return outOfDate;
        }
        String issuer = chain.get(chain.size() - 1).getIssuerX500Principal().getName();
        return noPath.getCause() instanceof CertPathValidatorException invalid
                ? new UntrustedCertificate(HandshakeFailure.INVALID_CHAIN, invalid.getMessage())
                : new UntrustedCertificate(HandshakeFailure.UNKNOWN_AUTHORITY, "issued by " + issuer);
    }

    private static void requireValid(X509Certificate certificate, Instant now) throws CertificateException {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException past) {
            throw new UntrustedCertificate(
                    HandshakeFailure.EXPIRED,
                    subject + " ended " + certificate.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException future) {
            throw new UntrustedCertificate(
                    HandshakeFailure.NOT_YET_VALID,
                    subject + " begins " + certificate.getNotBefore().toInstant());
        }
    }

    private static Instant acceptedUntil(List<X509Certificate> path, Instant now) {
        return path.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .reduce(now.plus(ACCEPTANCE_LASTS), (one, other) -> one.isBefore(other) ? one : other);
    }

    private static String key(List<X509Certificate> chain) {
        MessageDigest digest = CertificateNames.sha256();
        chain.forEach(certificate -> digest.update(CertificateNames.encoded(certificate)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
