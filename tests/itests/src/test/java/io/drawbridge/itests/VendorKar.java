// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a vendor ships: the sample's plug-in under a name of its own, with a feature around it, in a KAR. */
final class VendorKar {
    static final String VERSION = "1.0.0";
    private static final String SECRET = "trial-only";
    private static final String FEATURES =
            """
            <features name="%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
              <feature name="%1$s" version="%2$s">
                <feature>drawbridge-providers</feature>
                <bundle start-level="75">mvn:com.example/%1$s/%2$s</bundle>
              </feature>
            </features>
            """;

    private final Path folder;
    private final String name;
    private final Path jar;

    /**
     * Makes the plug-in.
     *
     * @param sample the sample's jar
     * @param imports makes the bundle's imports of the sample's
     */
    VendorKar(Path folder, String name, Path sample, UnaryOperator<String> imports) throws IOException {
        this.folder = folder;
        this.name = name;
        jar = folder.resolve(name + "-" + VERSION + ".jar");
        try (JarFile original = new JarFile(sample.toFile())) {
            Manifest manifest = original.getManifest();
            Attributes headers = manifest.getMainAttributes();
            headers.putValue("Bundle-SymbolicName", name);
            headers.putValue("Bundle-Version", VERSION);
            headers.putValue("Import-Package", imports.apply(headers.getValue("Import-Package")));
            try (JarOutputStream copy = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (var entry : original.stream()
                        .filter(one -> !one.isDirectory() && !one.getName().equals(JarFile.MANIFEST_NAME))
                        .toList()) {
                    copy.putNextEntry(new ZipEntry(entry.getName()));
                    original.getInputStream(entry).transferTo(copy);
                    copy.closeEntry();
                }
            }
        }
    }

    /** Signs it with a key made for the occasion, with the JDK's tools as a vendor does; returns the signer's certificate. */
    Path sign() throws IOException, InterruptedException {
        String store = folder.resolve(name + ".p12").toString();
        Path certificate = folder.resolve(name + ".pem");
        List<String> keys = List.of("-keystore", store, "-storetype", "PKCS12", "-storepass", SECRET);
        run("keytool", keys, "-genkeypair", "-alias", "vendor", "-dname", "CN=vendor", "-keyalg", "EC");
        run("keytool", keys, "-exportcert", "-rfc", "-alias", "vendor", "-file", certificate.toString());
        run("jarsigner", keys, jar.toString(), "vendor");
        return certificate;
    }

    private static void run(String tool, List<String> keys, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(keys);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(tool + ": " + said);
        }
    }

    /** Drops it into a folder, whole at once. */
    Path drop(Path deploy) throws IOException {
        Path kar = folder.resolve(name + ".kar");
        String place = "repository/com/example/" + name + "/" + VERSION + "/" + name + "-" + VERSION;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(kar))) {
            put(zip, JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\nKarafs-version: 1\n".getBytes(UTF_8));
            put(zip, place + ".jar", Files.readAllBytes(jar));
            put(zip, place + "-features.xml", FEATURES.formatted(name, VERSION).getBytes(UTF_8));
        }
        return Files.move(kar, deploy.resolve(name + ".kar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(ZipOutputStream zip, String entry, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(content);
        zip.closeEntry();
    }
}
