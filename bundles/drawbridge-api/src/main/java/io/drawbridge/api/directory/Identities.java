// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The edge's own certificates, and how to come by them. Methods with a path do I/O and block; not for event loops. */
@ProviderType
public interface Identities {
    /** Returns every configured identity, by name. Thread-safe, no I/O. */
    List<IdentityStatus> identities();

    /**
     * Makes a key and a certificate signing request. The key stays in {@code directory/NAME.key}, readable by its owner
     * only; an existing key of that name is used again, so that a renewal keeps it.
     *
     * @param name file name without ending
     * @param dnsNames DNS alternative names, the first also the subject's common name
     * @param clientPurpose whether it asks for the purpose {@code clientAuth} besides {@code serverAuth} (RFC 5280 section
     *     4.2.1.12), which no peer needs but gateways of public networks that ask for it
     * @param directory where key and request are written
     * @return the request's file, {@code directory/NAME.csr}, PEM
     * @throws IOException if the files cannot be written; the message names the file
     * @throws IllegalArgumentException if a name is not a host name
     */
    Path request(String name, List<String> dnsNames, boolean clientPurpose, Path directory) throws IOException;

    /**
     * Puts a certificate that answers an earlier {@link #request} beside its key and checks that it fits.
     *
     * @param name as given to {@link #request}
     * @param chain PEM, the own certificate first
     * @param directory as given to {@link #request}
     * @return the chain's file, {@code directory/NAME.crt}
     * @throws IOException if a file cannot be read or written
     * @throws IllegalArgumentException if the certificate does not belong to the key, or is not valid now
     */
    Path accept(String name, Path chain, Path directory) throws IOException;

    /**
     * Makes a certification authority for trials, and with it one certificate. For tests and demonstrations, never for
     * partners.
     *
     * @param name file name of the certificate without ending
     * @param dnsNames DNS alternative names of the certificate
     * @param directory where {@code test-ca.crt}, {@code test-ca.key}, {@code NAME.crt} and {@code NAME.key} are; an
     *     existing test authority there is used again
     * @return the certificate's file
     * @throws IOException if the files cannot be read or written
     */
    Path test(String name, List<String> dnsNames, Path directory) throws IOException;
}
