// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.Test;

/** What the archive says before anybody touches it. */
public class ArchiveCase {
    @Test
    public void bundlesComeFromTheArchiveOnly() throws IOException {
        Properties maven = properties("org.ops4j.pax.url.mvn.cfg");
        String prefix = "org.ops4j.pax.url.mvn.";
        assertEquals("", maven.getProperty(prefix + "repositories"));
        assertEquals("false", maven.getProperty(prefix + "useFallbackRepositories"));
        assertEquals("${karaf.data}/repository", maven.getProperty(prefix + "localRepository"));
    }

    @Test
    public void noUserIsThereSoNoPasswordIsKnown() throws IOException {
        assertEquals(Set.of(), users("users.properties"));
        assertEquals(Set.of(), users("keys.properties"));
    }

    @Test
    public void theShellListensOnLoopback() throws IOException {
        assertEquals("127.0.0.1", properties("org.apache.karaf.shell.cfg").getProperty("sshHost"));
    }

    /** Returns everybody but the groups, which nobody can log in as. */
    private static Set<String> users(String file) throws IOException {
        return properties(file).stringPropertyNames().stream()
                .filter(name -> !name.startsWith("_g_:"))
                .collect(Collectors.toSet());
    }

    private static Properties properties(String name) throws IOException {
        try (InputStream file = new BufferedInputStream(
                        Files.newInputStream(BuiltAppliance.archive().toPath()));
                TarArchiveInputStream archive = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.getName().endsWith("/etc/" + name)) {
                    Properties properties = new Properties();
                    properties.load(archive);
                    return properties;
                }
            }
        }
        throw new AssertionError("no etc/" + name + " in the archive");
    }
}
