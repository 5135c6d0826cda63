// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

/** Plug-ins that need another contract than this appliance has are named, though the container never installs them. */
final class DroppedArchivesTest {
    private static final PromisedVersions PROMISED = new PromisedVersions(Map.of(
            "io.drawbridge.api.provider", new Version("1.1.1"), "io.drawbridge.api.model", new Version("1.2.0")));

    @TempDir
    private Path deploy;

    private void drop(String name, String imports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-SymbolicName", name + ";singleton:=true");
        headers.putValue("Bundle-Version", "3.0.0");
        headers.putValue("Import-Package", imports);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        drop(name, jar);
    }

    private void drop(String name, ByteArrayOutputStream jar) throws IOException {
        try (ZipOutputStream kar = new ZipOutputStream(Files.newOutputStream(deploy.resolve(name + ".kar")))) {
            kar.putNextEntry(new ZipEntry("repository/com/example/" + name + "-3.0.0.jar"));
            kar.write(jar.toByteArray());
            kar.closeEntry();
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
        assertThat(new DroppedArchives(deploy, PROMISED).refused()).containsExactly(new Refusal("gull", "3.0.0", why));
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
        assertThat(new DroppedArchives(deploy, PROMISED).refused()).isEmpty();
    }

    @Test
    void whatIsTakenAwayIsForgottenAndWhatIsReplacedReadAgain() throws IOException {
        DroppedArchives archives = new DroppedArchives(deploy, PROMISED);
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
        assertThat(new DroppedArchives(deploy, PROMISED).refused())
                .extracting(Refusal::bundle)
                .containsExactly("gull");
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
        assertThat(new DroppedArchives(deploy, PROMISED).refused()).hasSize(refused);
    }

    @Test
    void whatIsNoArchiveHarmsNothing() throws IOException {
        Files.writeString(deploy.resolve("half.kar"), "not all of it is here yet");
        Files.createDirectory(deploy.resolve("folder.kar"));
        drop("gull", "io.drawbridge.api.provider;version=\"[9,10)\"");
        assertThat(new DroppedArchives(deploy, PROMISED).refused()).hasSize(1);
        assertThat(new DroppedArchives(deploy.resolve("nowhere"), PROMISED).refused())
                .isEmpty();
    }
}
