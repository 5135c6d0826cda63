// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A certification authority made for one test: issues certificates with every virtue and fault a test needs. */
public final class TestAuthority {
    /** The tests' usual "now". */
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final KeyPair PEER_KEYS = newKeys();

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final List<X509Certificate> issuers;

    private TestAuthority(KeyPair keys, X509Certificate certificate, List<X509Certificate> issuers) {
        this.keys = keys;
        this.certificate = certificate;
        this.issuers = issuers;
    }

    /** Makes a root. */
    public static TestAuthority root(String name) {
        KeyPair keys = newKeys();
        X500Name subject = new X500Name("CN=" + name);
        return new TestAuthority(keys, sign(authority(subject, subject, keys), keys), List.of());
    }

    /** Makes an authority below this one. */
    public TestAuthority intermediate(String name) {
        KeyPair below = newKeys();
        X509Certificate issued = sign(authority(name(), new X500Name("CN=" + name), below), keys);
        List<X509Certificate> chain = new ArrayList<>(List.of(issued));
        chain.addAll(issuers);
        return new TestAuthority(below, issued, chain);
    }

    private static X509v3CertificateBuilder authority(X500Name issuer, X500Name subject, KeyPair keys) {
        return checked(() -> new JcaX509v3CertificateBuilder(
                        issuer,
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(NOW.minus(Duration.ofDays(100))),
                        Date.from(NOW.plus(Duration.ofDays(3_650))),
                        subject,
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    /** Returns the certificate that peers configure as trust anchor. */
    public X509Certificate certificate() {
        return certificate;
    }

    private X500Name name() {
        return checked(() -> new JcaX509CertificateHolder(certificate).getSubject());
    }

    /** Begins a certificate: valid for a year around now, DNS names as given, for TLS servers only. */
    public Order order(String... dnsNames) {
        return new Order(dnsNames);
    }

    /** Issues {@link #order} as it is. */
    public OwnCertificate issue(String... dnsNames) {
        return order(dnsNames).issue();
    }

    /** Makes a revocation list that is valid now. */
    public byte[] revocationList(X509Certificate... revoked) {
        return checked(() -> {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(NOW.minusSeconds(60)));
            builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(7))));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(one.getSerialNumber(), Date.from(NOW.minusSeconds(90)), CRLReason.keyCompromise);
            }
            return builder.build(signer(keys)).getEncoded();
        });
    }

    /** Answers an OCSP request as the responder of this authority. */
    public byte[] ocspAnswer(byte[] request, boolean revoked) {
        return checked(() -> {
            BasicOCSPRespBuilder builder = new JcaBasicOCSPRespBuilder(
                    keys.getPublic(),
                    new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1));
            CertificateStatus status = revoked
                    ? new RevokedStatus(Date.from(NOW.minusSeconds(90)), CRLReason.keyCompromise)
                    : CertificateStatus.GOOD;
            builder.addResponse(
                    new OCSPReq(request).getRequestList()[0].getCertID(),
                    status,
                    Date.from(NOW.minusSeconds(60)),
                    Date.from(NOW.plusSeconds(3_600)),
                    null);
            OCSPResp response = new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, builder.build(signer(keys), null, Date.from(NOW)));
            return response.getEncoded();
        });
    }

    /** A certificate in the making. */
    public final class Order {
        private final String commonName;
        private final List<GeneralName> names = new ArrayList<>();
        private KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth};
        private Instant begin = NOW.minus(Duration.ofDays(30));
        private Instant end = NOW.plus(Duration.ofDays(335));
        private KeyPair own = PEER_KEYS;
        private String ocsp;
        private String distributionPoint;

        private Order(String... dnsNames) {
            commonName = dnsNames.length == 0 ? "nameless" : dnsNames[0];
            for (String name : dnsNames) {
                names.add(new GeneralName(GeneralName.dNSName, name));
            }
        }

        public Order uri(String uri) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
            return this;
        }

        public Order name(GeneralName name) {
            names.add(name);
            return this;
        }

        public Order withoutAlternativeNames() {
            names.clear();
            return this;
        }

        public Order purposes(KeyPurposeId... wanted) {
            purposes = wanted;
            return this;
        }

        public Order valid(Instant from, Instant until) {
            begin = from;
            end = until;
            return this;
        }

        public Order keys(KeyPair pair) {
            own = pair;
            return this;
        }

        public Order ocsp(String uri) {
            ocsp = uri;
            return this;
        }

        public Order distributionPoint(String uri) {
            distributionPoint = uri;
            return this;
        }

        public OwnCertificate issue() {
            X509Certificate leaf = checked(() -> sign(build(), keys));
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            chain.addAll(issuers);
            return new OwnCertificate(own.getPrivate(), chain);
        }

        private X509v3CertificateBuilder build() throws IOException {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    TestAuthority.this.name(),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(begin),
                    Date.from(end),
                    new X500Name("CN=" + commonName),
                    own.getPublic());
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
            }
            if (purposes.length > 0) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
            }
            if (ocsp != null) {
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uriName(ocsp)));
            }
            if (distributionPoint != null) {
                DistributionPointName point = new DistributionPointName(new GeneralNames(uriName(distributionPoint)));
                builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(point, null, null)
                }));
            }
            return builder;
        }

        private static GeneralName uriName(String uri) {
            return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
        }
    }

    /** Makes an EC key. */
    public static KeyPair newKeys() {
        return checked(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        });
    }

    /** Writes anything that has a PEM form. */
    public static Path write(Path file, Object... objects) {
        return checked(() -> {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                for (Object object : objects) {
                    writer.writeObject(object instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : object);
                }
            }
            return Files.writeString(file, text.toString());
        });
    }

    private static ContentSigner signer(KeyPair keys) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair keys) {
        return checked(() -> (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(builder.build(signer(keys)).getEncoded())));
    }

    /** Something that fails only if the test itself is broken. */
    @FunctionalInterface
    private interface Making<T> {
        T make() throws IOException, GeneralSecurityException, OperatorCreationException, OCSPException;
    }

    private static <T> T checked(Making<T> making) {
        try {
            return making.make();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (GeneralSecurityException | OperatorCreationException | OCSPException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
