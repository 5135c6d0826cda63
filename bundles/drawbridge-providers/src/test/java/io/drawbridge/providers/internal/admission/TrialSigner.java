// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Somebody who signs jars, with the JDK's own tools as a vendor does it. */
final class TrialSigner {
    private static final String SECRET = "trial-only";

    private final Path folder;
    private final String name;

    /** Makes a key with a certificate of its own, with further options of keytool. */
    TrialSigner(Path folder, String name, String... options) throws IOException, InterruptedException {
        this.folder = folder;
        this.name = name;
        List<String> command =
                new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC"));
        command.addAll(List.of(options));
        keytool(command.toArray(String[]::new));
        keytool("-exportcert", "-rfc", "-alias", name, "-file", certificate().toString());
    }

    /** Returns the PEM file with the certificate. */
    Path certificate() {
        return folder.resolve(name + ".pem");
    }

    Signers asOnlySigner() throws IOException {
        return Signers.read(List.of(certificate()));
    }

    Path signs(Path jar) throws IOException, InterruptedException {
        run(
                "jarsigner",
                "-keystore",
                store(),
                "-storetype",
                "PKCS12",
                "-storepass",
                SECRET,
                "-sigfile",
                name.toUpperCase(Locale.ROOT),
                jar.toString(),
                name);
        return jar;
    }

    private String store() {
        return folder.resolve(name + ".p12").toString();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        run(Stream.concat(
                        Stream.of("keytool"),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of("-keystore", store(), "-storetype", "PKCS12", "-storepass", SECRET)))
                .toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command[0] + ": " + said);
        }
    }
}
