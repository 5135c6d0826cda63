// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks, for each certificate of a path, its issuer's OCSP responder and then its revocation lists: those from files, and
 * those its distribution points name. Answers are judged by the platform's PKIX; what they are fetched with is ours, so
 * that it is cached, bounded and timed out.
 */
public final class RevocationCheck implements Revocation {
    private final Settings settings;
    private final RevocationDownloads downloads;
    private final LongAdder unknown;

    /**
     * Checks as {@code settings} say.
     *
     * @param downloads keeps what was heard
     * @param unknown counts the certificates that pass although nobody can tell their status
     */
    public RevocationCheck(Settings settings, RevocationDownloads downloads, LongAdder unknown) {
        this.settings = settings;
        this.downloads = downloads;
        this.unknown = unknown;
    }

    /**
     * How strictly, and where to look.
     *
     * @param hard whether a certificate is refused whose status nobody can tell
     * @param lists revocation lists from files
     * @param ocsp whether responders are asked
     * @param distributionPoints whether lists are fetched from where certificates say
     */
    public record Settings(boolean hard, List<X509CRL> lists, boolean ocsp, boolean distributionPoints) {
        /** Copies the list. */
        public Settings {
            lists = List.copyOf(lists);
        }
    }

    @Override
    public void require(List<X509Certificate> path, Instant now) throws CertificateException {
        Deadline deadline = Deadline.in(RevocationDownloads.LONGEST);
        for (int i = path.size() - 1; i > 0; i--) {
            X509Certificate certificate = path.get(i - 1);
            if (!isKnownGood(certificate, path.get(i), now, deadline)) {
                if (settings.hard()) {
                    throw new UntrustedCertificate(HandshakeFailure.REVOCATION_UNKNOWN, subject(certificate));
                }
                unknown.increment();
            }
        }
    }

    private boolean isKnownGood(X509Certificate certificate, X509Certificate issuer, Instant now, Deadline deadline)
            throws CertificateException {
        return saysResponder(certificate, issuer, now, deadline)
                || saysList(certificate, issuer, now, settings.lists())
                || saysList(certificate, issuer, now, fetchedLists(certificate, deadline));
    }

    private boolean saysResponder(X509Certificate certificate, X509Certificate issuer, Instant now, Deadline deadline)
            throws CertificateException {
        Optional<URI> responder = settings.ocsp() ? RevocationPointers.responder(certificate) : Optional.empty();
        if (responder.isEmpty()) {
            return false;
        }
        Optional<byte[]> response = downloads.ocspResponse(responder.get(), certificate, issuer, deadline);
        return response.isPresent()
                && isGood(certificate, issuer, now, List.of(), checker -> {
                    checker.setOptions(EnumSet.of(Option.NO_FALLBACK));
                    checker.setOcspResponses(Map.of(certificate, response.get()));
                });
    }

    private static boolean saysList(
            X509Certificate certificate, X509Certificate issuer, Instant now, Collection<X509CRL> lists)
            throws CertificateException {
        return !lists.isEmpty()
                && isGood(
                        certificate,
                        issuer,
                        now,
                        lists,
                        checker -> checker.setOptions(EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK)));
    }

    private List<X509CRL> fetchedLists(X509Certificate certificate, Deadline deadline) {
        List<X509CRL> lists = new ArrayList<>();
        if (settings.distributionPoints()) {
            for (URI point : RevocationPointers.distributionPoints(certificate)) {
                lists.addAll(downloads.revocationLists(point, deadline));
            }
        }
        return lists;
    }

    /** What tells the platform's checker where to look. */
    @FunctionalInterface
    private interface Source {
        void tell(PKIXRevocationChecker checker);
    }

    /** Validates one certificate under its issuer; true if it is certainly not revoked, false if that is unknown. */
    private static boolean isGood(
            X509Certificate certificate, X509Certificate issuer, Instant now, Collection<X509CRL> lists, Source source)
            throws CertificateException {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            source.tell(checker);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            parameters.addCertPathChecker(checker);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            parameters.setDate(Date.from(now));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            validator.validate(factory.generateCertPath(List.of(certificate)), parameters);
            return true;
        } catch (CertPathValidatorException refused) {
            if (refused.getReason() == BasicReason.REVOKED) {
                throw new UntrustedCertificate(HandshakeFailure.REVOKED, subject(certificate));
            }
            return false;
        } catch (InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException("an issuer is always a trust anchor", impossible);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has PKIX", impossible);
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
