// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;

/**
 * The entries of a bundle.
 *
 * @param names the names of its files
 * @param reader opens one
 */
record JarContent(SortedSet<String> names, Reader reader) {
    private static final int MOST_ENTRIES = 65_535;
    private static final int DEEPEST = 64;

    /** Opens an entry. */
    @FunctionalInterface
    interface Reader {
        /** Opens the entry of a name that is there. */
        InputStream open(String name) throws IOException;
    }

    /**
     * Returns those of an installed bundle. Does not resolve it.
     *
     * @throws IOException if there are more than any sound bundle has, or it is uninstalled meanwhile, as its reader too
     */
    static JarContent of(Bundle bundle) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try {
            collect(bundle, "/", names, 0);
        } catch (IllegalStateException uninstalled) {
            throw new IOException("it was uninstalled", uninstalled);
        }
        return new JarContent(names, name -> open(bundle, name));
    }

    private static InputStream open(Bundle bundle, String name) throws IOException {
        try {
            URL entry = bundle.getEntry(name);
            if (entry == null) {
                throw new FileNotFoundException(name);
            }
            return entry.openStream();
        } catch (IllegalStateException uninstalled) {
            throw new IOException("it was uninstalled", uninstalled);
        }
    }

    private static void collect(Bundle bundle, String folder, SortedSet<String> names, int depth) throws IOException {
        Enumeration<String> paths = bundle.getEntryPaths(folder);
        for (String path : paths == null ? Collections.<String>emptyList() : Collections.list(paths)) {
            if (!path.endsWith("/")) {
                names.add(path);
            } else if (depth < DEEPEST) {
                collect(bundle, path, names, depth + 1);
            } else {
                throw new IOException("its folders are nested more than " + DEEPEST + " deep");
            }
            if (names.size() > MOST_ENTRIES) {
                throw new IOException("it has more than " + MOST_ENTRIES + " entries");
            }
        }
    }

    /** Returns those of a file, good for as long as the file is open. */
    static JarContent of(JarFile file) {
        SortedSet<String> names = new TreeSet<>();
        file.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> names.add(entry.getName()));
        return new JarContent(names, name -> file.getInputStream(file.getEntry(name)));
    }

    InputStream open(String name) throws IOException {
        return reader.open(name);
    }

    /** Returns whether another holds the same, name by name and octet by octet. */
    boolean isSameAs(JarContent other) throws IOException {
        if (!names.equals(other.names)) {
            return false;
        }
        for (String name : names) {
            try (InputStream mine = open(name);
                    InputStream its = other.open(name)) {
                if (!isSame(mine, its)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isSame(InputStream one, InputStream another) throws IOException {
        while (true) {
            byte[] mine = one.readNBytes(8192);
            if (!Arrays.equals(mine, another.readNBytes(8192))) {
                return false;
            }
            if (mine.length == 0) {
                return true;
            }
        }
    }
}
