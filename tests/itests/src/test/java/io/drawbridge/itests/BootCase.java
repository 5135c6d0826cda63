// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureState;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What runs after the first start is complete, and all of it was in the archive. */
public class BootCase extends ApplianceCase {
    private static final String MAVEN = "mvn:";
    private static final String TEST_TOOL = "exam";

    @Test
    public void everyBootFeatureIsStarted() throws Exception {
        List<String> names = bootFeatures();
        assertTrue(
                names.toString(),
                names.containsAll(List.of("drawbridge-sip", "drawbridge-home", "shell", "drawbridge-ssh")));
        for (String name : names) {
            Feature feature = features.getFeature(name);
            assertEquals(name, FeatureState.Started, features.getState(feature.getId()));
        }
    }

    @Test
    public void everyBundleOfTheApplianceIsActive() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("drawbridge"))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
        assertEquals(List.of(), idle);
    }

    @Test
    public void noBundleIsLeftUnresolved() {
        List<String> unresolved = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(Bundle::toString)
                .toList();
        assertEquals(List.of(), unresolved);
    }

    @Test
    public void everyBundleWasInTheArchive() throws Exception {
        Set<String> ofTheTest = bundles(TEST_TOOL, new HashSet<>());
        Path system = Path.of(context.getProperty("karaf.home"), "system");
        List<String> foreign = Arrays.stream(context.getBundles())
                .map(Bundle::getLocation)
                .filter(location -> location.startsWith(MAVEN))
                .filter(location -> !ofTheTest.contains(location))
                .filter(location -> !Files.exists(system.resolve(path(location))))
                .toList();
        assertEquals(List.of(), foreign);
    }

    private List<String> bootFeatures() throws IOException {
        Properties settings = new Properties();
        Path file = Path.of(context.getProperty("karaf.etc"), "org.apache.karaf.features.cfg");
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return Arrays.stream(settings.getProperty("featuresBoot").split(",", -1))
                .map(feature -> feature.strip().replaceFirst("/.*", ""))
                .filter(feature -> !feature.isEmpty())
                .toList();
    }

    private Set<String> bundles(String feature, Set<String> known) throws Exception {
        Feature found = features.getFeature(feature);
        found.getBundles().stream().map(BundleInfo::getLocation).forEach(known::add);
        for (var dependency : found.getDependencies()) {
            bundles(dependency.getName(), known);
        }
        return known;
    }

    /** Where a repository keeps {@code mvn:group/artifact/version[/type[/classifier]]}. */
    private static String path(String location) {
        List<String> parts =
                new ArrayList<>(List.of(location.substring(MAVEN.length()).split("/", -1)));
        String type = parts.size() > 3 ? parts.get(3) : "jar";
        String classifier = parts.size() > 4 ? "-" + parts.get(4) : "";
        return parts.get(0).replace('.', '/') + "/" + parts.get(1) + "/" + parts.get(2) + "/" + parts.get(1) + "-"
                + parts.get(2) + classifier + "." + type;
    }
}
