// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What tells a set of files from itself at another time, without reading them.
 *
 * @param parts one description for each file
 */
record FileStamp(List<String> parts) {
    static FileStamp of(List<Path> files) {
        return new FileStamp(files.stream().map(FileStamp::describe).toList());
    }

    private static String describe(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
