// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

/** Plug-ins that need another contract than this appliance has are named, though the container never installs them. */
final class DroppedArchivesTest {
    private static final OfferedPackages PROMISED = new OfferedPackages(Map.of(
            "io.drawbridge.api.provider",
            Set.of(new Version("1.1.1")),
            "io.drawbridge.api.model",
            Set.of(new Version("1.2.0"))));

    @TempDir
    private Path deploy;

    private final List<String> installed = new ArrayList<>();

    private DroppedArchives archives() {
        return archives(deploy);
    }

    private DroppedArchives archives(Path folder) {
        return new DroppedArchives(folder, PROMISED, new Installed() {
            @Override
            public boolean has(PackedBundle bundle) {
                return installed.contains(bundle.name() + " " + bundle.version());
            }

            @Override
            public OfferedPackages packages() {
                Map<String, Set<Version>> versions = new HashMap<>(PROMISED.versions());
                versions.put("com.example.codec", Set.of(new Version("1.9"), new Version("1.10")));
                return new OfferedPackages(versions);
            }
        });
    }

    private void drop(String name, String imports) throws IOException {
        drop(name, jar(name, imports, "com.example." + name));
    }

    private static ByteArrayOutputStream jar(String name, String imports, String exports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-SymbolicName", name + ";singleton:=true");
        headers.putValue("Bundle-Version", "3.0.0");
        headers.putValue("Import-Package", imports);
        headers.putValue("Export-Package", exports);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        return jar;
    }

    private void drop(String name, ByteArrayOutputStream... jars) throws IOException {
        try (ZipOutputStream kar = new ZipOutputStream(Files.newOutputStream(deploy.resolve(name + ".kar")))) {
            for (int i = 0; i < jars.length; i++) {
                kar.putNextEntry(new ZipEntry("repository/com/example/" + name + i + "-3.0.0.jar"));
                kar.write(jars[i].toByteArray());
                kar.closeEntry();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.util, io.drawbridge.api.provider;version=\"[1.2,2)\" | it needs io.drawbridge.api.provider in version"
                        + " [1.2.0,2.0.0), and this appliance has 1.1.1",
                "io.drawbridge.api.provider;version=\"[1.1,2)\",io.drawbridge.api.model;version=\"[2.0,3)\" |"
                        + " it needs io.drawbridge.api.model in version [2.0.0,3.0.0), and this appliance has 1.2.0",
                "io.drawbridge.api.provider; version=2.5 | it needs io.drawbridge.api.provider in version 2.5.0, and this"
                        + " appliance has 1.1.1",
                "io.drawbridge.api.provider;version=\"[0.9,1)\" | it needs io.drawbridge.api.provider in version"
                        + " [0.9.0,1.0.0), and this appliance has 1.1.1",
            })
    void whoNeedsAnotherContractIsRefusedWithBothVersions(String imports, String why) throws IOException {
        drop("gull", imports);
        assertThat(archives().refused()).containsExactly(new Refusal("gull", "3.0.0", why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "io.drawbridge.api.provider;version=\"[1.1,2)\",io.drawbridge.api.model;version=\"[1.0,2)\"",
                "io.drawbridge.api.provider",
                "javax.strange;version=\"[7,8)\"",
                "io.drawbridge.api.model;version=\"[9,10)\";resolution:=optional,io.drawbridge.api.provider",
                "io.drawbridge.api.model; resolution := \"optional\"; version=9.0",
            })
    void whoIsServedWithThisContractIsNot(String imports) throws IOException {
        drop("gull", imports);
        assertThat(archives().refused()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.secret;version=\"[7,8)\" | it needs com.acme.secret in version [7.0.0,8.0.0), which no bundle here"
                        + " exports",
                "com.acme.secret | it needs com.acme.secret, which no bundle here exports",
                "com.example.codec;version=\"[1.11,2)\" | it needs com.example.codec in version [1.11.0,2.0.0), and this"
                        + " appliance has 1.9.0, 1.10.0",
                "com.acme.secret;note=\";resolution:=optional\" | it needs com.acme.secret, which no bundle here exports",
            })
    void aPackageOfSomebodyElsesThatIsNotHereIsNamed(String imports, String why) throws IOException {
        drop("gull", imports + ",io.drawbridge.api.provider");
        assertThat(archives().refused()).containsExactly(new Refusal("gull", "3.0.0", why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.secret;resolution:=optional",
                "com.example.codec;version=\"[1.10,2)\"",
                "com.example.codec;version=\"[1.9,1.10)\"",
                "com.example.gull;version=0",
                "java.util,java.net.http",
            })
    void whoFindsAllPackagesIsNotNamed(String imports) throws IOException {
        drop("gull", imports + ",io.drawbridge.api.provider");
        assertThat(archives().refused()).isEmpty();
    }

    @Test
    void whatComesWithAPlugInMayLackSomethingTooAndMayBringIt() throws IOException {
        drop(
                "gull",
                jar("gull", "io.drawbridge.api.provider,com.example.line;version=\"[2,3)\"", "com.example.gull"),
                jar("line", "com.acme.secret", "com.example.line;version=2.3"));
        assertThat(archives().refused())
                .containsExactly(
                        new Refusal("line", "3.0.0", "it needs com.acme.secret, which no bundle here exports"));
    }

    @Test
    void whatTheContainerInstalledLacksNothingAndWhatIsNoPlugInIsNobodysBusinessHere() throws IOException {
        drop("auk", "com.acme.secret");
        drop("gull", "com.acme.secret,io.drawbridge.api.provider");
        installed.add("gull 3.0.0");
        assertThat(archives().refused()).isEmpty();
    }

    @Test
    void whatIsTakenAwayIsForgottenAndWhatIsReplacedReadAgain() throws IOException {
        DroppedArchives archives = archives();
        assertThat(archives.refused()).isEmpty();
        drop("gull", "io.drawbridge.api.provider;version=\"[9,10)\"");
        assertThat(archives.refused()).hasSize(1);
        drop("gull", "io.drawbridge.api.provider;version=\"[1.1,2)\",java.util");
        assertThat(archives.refused()).isEmpty();
        drop("gull", "io.drawbridge.api.provider;version=\"[9,10)\"");
        assertThat(archives.refused()).hasSize(1);
        Files.delete(deploy.resolve("gull.kar"));
        assertThat(archives.refused()).isEmpty();
    }

    @Test
    void anEntryWhoseNameIsNotUtf8HidesNoOtherArchive() throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(jar, ISO_8859_1)) {
            entries.putNextEntry(new ZipEntry("M\u00f6we.txt"));
        }
        drop("auk", jar);
        drop("gull", "io.drawbridge.api.provider;version=\"[9,10)\"");
        assertThat(archives().refused()).extracting(Refusal::bundle).containsExactly("gull");
    }

    @ParameterizedTest
    @CsvSource({"META-INF/MANIFEST.MF, 1000, 1", "META-INF/MANIFEST.MF, 1048576, 0", "META-INF/, 1048577, 0"})
    void aManifestThatIsLongerThanAMegabyteIsNotRead(String first, int spare, int refused) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(jar)) {
            entries.putNextEntry(new ZipEntry(first));
            String headers = "Manifest-Version: 1.0\nImport-Package: io.drawbridge.api.provider;version=2.0\n\n";
            entries.write((headers + "\n".repeat(spare)).getBytes(US_ASCII));
            if (first.endsWith("/")) {
                entries.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                entries.write(headers.getBytes(US_ASCII));
            }
        }
        drop("auk", jar);
        assertThat(archives().refused()).hasSize(refused);
    }

    @Test
    void whatIsNoArchiveHarmsNothing() throws IOException {
        Files.writeString(deploy.resolve("half.kar"), "not all of it is here yet");
        Files.createDirectory(deploy.resolve("folder.kar"));
        drop("gull", "io.drawbridge.api.provider;version=\"[9,10)\"");
        assertThat(archives().refused()).hasSize(1);
        assertThat(archives(deploy.resolve("nowhere")).refused()).isEmpty();
    }
}
