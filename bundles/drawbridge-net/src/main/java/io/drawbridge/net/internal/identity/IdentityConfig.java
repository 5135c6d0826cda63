// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of one own identity. */
@ObjectClassDefinition(
        name = "Drawbridge identity",
        description =
                "A certificate of this appliance with its key, and whom it trusts. Files are watched: replacing them"
                        + " acts on new connections within seconds and leaves open ones alone.")
@interface IdentityConfig {
    @AttributeDefinition(
            name = "Certificate",
            description = "Path of a PEM file: the own certificate, then its issuers. Goes with key; the other way is"
                    + " keystore.")
    String certificate() default "";

    @AttributeDefinition(
            name = "Key",
            description = "Path of a PEM file with the private key: PKCS#8, PKCS#1 or EC, encrypted or not.")
    String key() default "";

    @AttributeDefinition(
            name = "Key password",
            type = AttributeType.PASSWORD,
            description = "Password of an encrypted key.")
    String _keyPassword() default "";

    @AttributeDefinition(
            name = "Key store",
            description = "Path of a PKCS#12 file with one key and its chain, instead of certificate and key.")
    String keystore() default "";

    @AttributeDefinition(
            name = "Key store password",
            type = AttributeType.PASSWORD,
            description = "Password of the key store.")
    String _keystorePassword() default "";

    @AttributeDefinition(
            name = "Trust anchors",
            description =
                    "Paths of PEM files with the certification authorities, or the single peers' certificates, that"
                            + " peers on this identity's connections must lead to. Without any, no peer is trusted.")
    String[] trustAnchors() default {};

    @AttributeDefinition(
            name = "Revocation",
            description =
                    "OFF: peers' certificates are not checked for revocation. SOFT: revoked ones are refused. HARD:"
                            + " also those whose status nobody can tell.")
    RevocationPolicy revocation() default RevocationPolicy.SOFT;

    @AttributeDefinition(
            name = "Revocation lists",
            description = "Paths of files with certificate revocation lists, PEM or DER.")
    String[] crls() default {};

    @AttributeDefinition(
            name = "OCSP",
            description = "Whether the responder a certificate names is asked, over plain HTTP.")
    boolean ocsp() default true;

    @AttributeDefinition(
            name = "CRL distribution points",
            description = "Whether revocation lists are fetched from where a certificate says, over plain HTTP.")
    boolean crlDistributionPoints() default true;
}
