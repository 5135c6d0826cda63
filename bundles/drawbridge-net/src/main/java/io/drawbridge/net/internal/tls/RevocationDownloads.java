// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Answers about revocation from the network, kept until they are due again: an hour at most, so that news arrives, and a
 * minute for a source that failed, so that a dead one costs little. Thread-safe; blocks for bounded time.
 */
public final class RevocationDownloads {
    /** How long one verification may wait for all its answers together; well under a handshake's time. */
    static final Duration LONGEST = Duration.ofSeconds(6);

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FAILURE_KEPT = Duration.ofMinutes(1);
    private static final int MOST_LISTS = 64;
    private static final int MOST_RESPONSES = 1_000;

    private final HttpFetch http;
    private final InstantSource clock;
    private final BoundedMap<URI, Kept<List<X509CRL>>> lists = new BoundedMap<>(MOST_LISTS);
    private final BoundedMap<ResponseKey, Kept<Optional<byte[]>>> responses = new BoundedMap<>(MOST_RESPONSES);

    /** Fetches with {@code http}. */
    public RevocationDownloads(HttpFetch http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    private record Kept<T>(T answer, Instant until) {}

    private record ResponseKey(URI responder, String issuer, BigInteger serialNumber) {}

    /** Returns the lists at a distribution point; none if they cannot be had. */
    List<X509CRL> revocationLists(URI point, Deadline deadline) {
        Kept<List<X509CRL>> kept = lists.get(point);
        Instant now = clock.instant();
        if (kept != null && now.isBefore(kept.until())) {
            return kept.answer();
        }
        try {
            List<X509CRL> fetched = CertificateFiles.revocationLists(http.get(point, deadline));
            Stream<Instant> due = fetched.stream()
                    .map(X509CRL::getNextUpdate)
                    .filter(date -> date != null)
                    .map(Date::toInstant);
            lists.put(point, new Kept<>(fetched, due(due, now)));
            return fetched;
        } catch (IOException | CRLException failed) {
            List<X509CRL> old = kept == null ? List.of() : kept.answer();
            lists.put(point, new Kept<>(old, now.plus(FAILURE_KEPT)));
            return old;
        }
    }

    /** Returns what a responder says of a certificate, unverified; empty if it says nothing. */
    Optional<byte[]> ocspResponse(
            URI responder, X509Certificate certificate, X509Certificate issuer, Deadline deadline) {
        ResponseKey key = new ResponseKey(
                responder, certificate.getIssuerX500Principal().getName(), certificate.getSerialNumber());
        Kept<Optional<byte[]>> kept = responses.get(key);
        Instant now = clock.instant();
        if (kept != null && now.isBefore(kept.until())) {
            return kept.answer();
        }
        Kept<Optional<byte[]>> fresh;
        try {
            byte[] fetched = http.post(responder, "application/ocsp-request", request(certificate, issuer), deadline);
            fresh = new Kept<>(Optional.of(fetched), due(nextUpdates(fetched), now));
        } catch (IOException | OCSPException failed) {
            fresh = new Kept<>(Optional.empty(), now.plus(FAILURE_KEPT));
        }
        responses.put(key, fresh);
        return fresh.answer();
    }

    private static Instant due(Stream<Instant> nextUpdates, Instant now) {
        Instant due = nextUpdates.reduce(now.plus(KEPT), (one, other) -> one.isBefore(other) ? one : other);
        Instant earliest = now.plus(FAILURE_KEPT);
        return due.isBefore(earliest) ? earliest : due;
    }

    /** RFC 6960 section 4.1. Without a nonce, so that responders may answer from their store. */
    private static byte[] request(X509Certificate certificate, X509Certificate issuer)
            throws OCSPException, IOException {
        try {
            CertificateID id = new CertificateID(
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
                    new JcaX509CertificateHolder(issuer),
                    certificate.getSerialNumber());
            return new OCSPReqBuilder().addRequest(id).build().getEncoded();
        } catch (CertificateEncodingException | OperatorCreationException broken) {
            throw new IOException("no OCSP request can be made", broken);
        }
    }

    private static Stream<Instant> nextUpdates(byte[] response) throws IOException, OCSPException {
        if (!(new OCSPResp(response).getResponseObject() instanceof BasicOCSPResp basic)) {
            throw new IOException("the responder gave no answer");
        }
        return Stream.of(basic.getResponses())
                .map(SingleResp::getNextUpdate)
                .filter(date -> date != null)
                .map(Date::toInstant);
    }
}
