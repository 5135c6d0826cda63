// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.net.internal.tls.CertificateFiles;
import io.drawbridge.net.internal.tls.OwnCertificate;
import io.drawbridge.net.internal.tls.XmppNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Asks authorities for certificates (PKCS#10, RFC 2986) and takes their answers. */
final class CertificateRequests {
    private final InstantSource clock;

    CertificateRequests(InstantSource clock) {
        this.clock = clock;
    }

    Path request(String name, List<String> dnsNames, boolean clientPurpose, Path directory) throws IOException {
        HostNames names = new HostNames(dnsNames);
        KeyFolder folder = new KeyFolder(directory);
        Path request = folder.file(name, ".csr");
        Path key = folder.file(name, ".key");
        if (!Files.exists(key)) {
            folder.writeKey(key, KeyFolder.newKey().getPrivate());
        }
        folder.write(request, signed(names, clientPurpose, folder.readKey(key)));
        return request;
    }

    private static PKCS10CertificationRequest signed(HostNames names, boolean clientPurpose, PrivateKey key)
            throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, names.alternativeNames());
        extensions.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                        clientPurpose
                                ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
                                : new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth}));
        try {
            return new PKCS10CertificationRequestBuilder(names.subject(), publicHalf(key))
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(new JcaContentSignerBuilder(
                                    key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
                            .build(key));
        } catch (OperatorCreationException unfit) {
            throw new IOException("a " + key.getAlgorithm() + " key cannot sign a request", unfit);
        }
    }

    /** A key file holds the private half; the public one follows from it. */
    private static SubjectPublicKeyInfo publicHalf(PrivateKey key) throws IOException {
        AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(key.getEncoded());
        if (secret instanceof ECPrivateKeyParameters elliptic) {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(new ECPublicKeyParameters(
                    elliptic.getParameters().getG().multiply(elliptic.getD()), elliptic.getParameters()));
        }
        if (secret instanceof RSAPrivateCrtKeyParameters rsa) {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                    new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
        }
        throw new IOException("only EC and RSA keys are supported");
    }

    Path accept(String name, Path chain, Path directory) throws IOException {
        KeyFolder folder = new KeyFolder(directory);
        Path key = folder.file(name, ".key");
        if (!Files.exists(key)) {
            throw new IOException(key + " does not exist; make a request of that name first");
        }
        OwnCertificate answer = new OwnCertificate(folder.readKey(key), certificates(chain));
        if (!answer.fits()) {
            throw new IllegalArgumentException(chain + " was not issued for the key in " + key);
        }
        if (!answer.ordered()) {
            throw new IllegalArgumentException(
                    chain + " is out of order: the own certificate comes first, then each one's issuer");
        }
        if (XmppNames.hasAddress(answer.leaf())) {
            throw new IllegalArgumentException(
                    chain + " carries an id-on-xmppAddr name, which crashes a widely installed server; have it issued"
                            + " without");
        }
        requireValid(chain, answer);
        Path file = folder.file(name, ".crt");
        folder.write(file, answer.chain().toArray());
        return file;
    }

    private static List<X509Certificate> certificates(Path chain) throws IOException {
        try {
            return CertificateFiles.certificates(chain);
        } catch (IOException unreadable) {
            throw new IOException(chain + " " + unreadable.getMessage(), unreadable);
        }
    }

    private void requireValid(Path chain, OwnCertificate answer) {
        Instant now = clock.instant();
        for (X509Certificate certificate : answer.chain()) {
            Optional<String> objection = Validity.objection(certificate, now);
            if (objection.isPresent()) {
                throw new IllegalArgumentException(chain + " is not valid now: it " + objection.get());
            }
        }
    }
}
