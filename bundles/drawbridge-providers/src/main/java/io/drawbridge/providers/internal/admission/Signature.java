// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What the signature of a jar says (JAR File Specification, "Signed JAR File").
 *
 * @param signers those who signed all of it; none if it is not signed
 * @param flaw what does not fit; empty if all does
 */
record Signature(List<CodeSigner> signers, Optional<String> flaw) {
    private static final long MOST_OCTETS = 256L << 20;

    /** Reads the signature of a bundle; takes as long as reading all of it. */
    static Signature of(JarContent content) {
        if (content.names().stream().noneMatch(Signature::isSignatureFile)) {
            return new Signature(List.of(), Optional.empty());
        }
        try {
            // The container keeps a bundle's entries, not its jar, which the JDK verifies only as a whole.
            Path copy = Files.createTempFile("drawbridge-plugin-", ".jar");
            try {
                write(content, copy);
                return verify(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException | SecurityException broken) {
            return broken(broken.getMessage());
        }
    }

    private static boolean isSignatureFile(String name) {
        return name.toUpperCase(Locale.ROOT).matches("META-INF/[^/]+\\.SF");
    }

    /** Returns whether an entry is part of the signature, and so signed by nobody. */
    private static boolean isAboutSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(JarFile.MANIFEST_NAME) || upper.matches("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");
    }

    private static Signature broken(String why) {
        return new Signature(List.of(), Optional.of(String.valueOf(why)));
    }

    private static void write(JarContent content, Path copy) throws IOException {
        long left = MOST_OCTETS;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(copy))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (String name : content.names()) {
                zip.putNextEntry(new ZipEntry(name));
                try (InputStream entry = content.open(name)) {
                    left -= copy(entry, zip, left);
                }
                zip.closeEntry();
            }
        }
    }

    private static long copy(InputStream entry, OutputStream zip, long most) throws IOException {
        byte[] piece = new byte[8192];
        long copied = 0;
        for (int read = entry.read(piece); read >= 0; read = entry.read(piece)) {
            copied += read;
            if (copied > most) {
                throw new IOException("it is larger than " + MOST_OCTETS + " octets");
            }
            zip.write(piece, 0, read);
        }
        return copied;
    }

    /** Returns an entry that was there when it was signed: the manifest has its digest. */
    private static Optional<String> missing(JarFile jar) throws IOException {
        return jar.getManifest().getEntries().entrySet().stream()
                .filter(named -> named.getValue().keySet().stream()
                        .anyMatch(key -> key.toString().toUpperCase(Locale.ROOT).endsWith("-DIGEST")))
                .map(Map.Entry::getKey)
                .filter(name -> jar.getEntry(name) == null)
                .min(Comparator.naturalOrder());
    }

    private static Signature verify(Path copy) throws IOException {
        Set<CodeSigner> all = null;
        try (JarFile jar = new JarFile(copy.toFile(), true)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                try (InputStream content = jar.getInputStream(entry)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
                if (isAboutSignature(entry.getName())) {
                    continue;
                }
                CodeSigner[] signers = entry.getCodeSigners();
                if (signers == null) {
                    return broken("it does not cover " + entry.getName());
                }
                if (all == null) {
                    all = new HashSet<>(List.of(signers));
                } else {
                    all.retainAll(List.of(signers));
                }
            }
            Optional<String> missing = missing(jar);
            if (missing.isPresent()) {
                return broken("it names " + missing.get() + ", which is not there");
            }
        }
        return all == null || all.isEmpty()
                ? broken("nobody signed all of it")
                : new Signature(List.copyOf(all), Optional.empty());
    }
}
