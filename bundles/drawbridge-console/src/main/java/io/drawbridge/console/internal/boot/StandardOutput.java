// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's own standard output, where whoever started the appliance looks; the container redirects
 * {@code System.out} to its log, and a password must not go there.
 */
final class StandardOutput implements Appendable {

    private final OutputStream stream = new FileOutputStream(FileDescriptor.out);

    @Override
    public Appendable append(CharSequence text) throws IOException {
        stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char character) throws IOException {
        return append(String.valueOf(character));
    }
}
