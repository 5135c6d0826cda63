// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * The bundles the appliance was shipped with.
 *
 * @param repository the folder they are in, laid out as a Maven repository
 */
record ShippedBundles(Path repository) {
    private static final Pattern COORDINATES = Pattern.compile("mvn:([^/]+)/([^/]+)/([^/]+)");

    /** Returns whether a bundle is one of them: by its location and, octet by octet, by its content. */
    boolean contain(Bundle bundle) {
        Optional<Path> file = file(bundle.getLocation()).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return false;
        }
        try (JarFile jar = new JarFile(file.get().toFile())) {
            return JarContent.of(jar).isSameAs(JarContent.of(bundle));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Optional<Path> file(String location) {
        Matcher coordinates = COORDINATES.matcher(location);
        if (!coordinates.matches()) {
            return Optional.empty();
        }
        String artifact = coordinates.group(2);
        String version = coordinates.group(3);
        Path file = repository
                .resolve(coordinates.group(1).replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".jar")
                .normalize();
        return file.startsWith(repository) ? Optional.of(file) : Optional.empty();
    }
}
