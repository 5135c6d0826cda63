// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The seeds of a fuzz target, and the mutations of them that every build plays: the same ones every time. */
final class FuzzSeeds {
    private static final int MOST_CHANGES = 4;
    private final List<byte[]> seeds;
    private final String marks;
    private final String interesting;

    /**
     * Reads the seeds where Jazzer looks for them.
     *
     * @param marks octets that are left alone, so that most results get past the first check
     * @param interesting octets that matter to the format
     */
    FuzzSeeds(Class<?> test, String target, String marks, String interesting) {
        this.marks = marks;
        this.interesting = interesting;
        try {
            Path folder = Path.of(
                    test.getResource(test.getSimpleName() + "Inputs/" + target).toURI());
            try (Stream<Path> files = Files.list(folder)) {
                seeds = files.sorted().map(FuzzSeeds::octets).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns so many mutations. */
    Stream<byte[]> mutations(int count) {
        SplittableRandom random = new SplittableRandom(count);
        return IntStream.range(0, count).mapToObj(i -> mutated(seeds.get(random.nextInt(seeds.size())), random));
    }

    private byte[] mutated(byte[] seed, SplittableRandom random) {
        byte[] input = seed.clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && input.length > 0; i++) {
            int at = random.nextInt(input.length);
            if (marks.indexOf(input[at]) >= 0) {
                continue;
            }
            switch (random.nextInt(6)) {
                case 0 -> input[at] = (byte) random.nextInt(256);
                case 1 -> input[at] = (byte) (' ' + random.nextInt(95));
                case 2, 3 -> input[at] = (byte) interesting.charAt(random.nextInt(interesting.length()));
                case 4 -> input = without(input, at);
                default -> input = withCopy(input, at, random.nextInt(input.length), random.nextInt(20));
            }
        }
        return input;
    }

    private static byte[] without(byte[] input, int at) {
        byte[] shorter = Arrays.copyOf(input, input.length - 1);
        System.arraycopy(input, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private static byte[] withCopy(byte[] input, int at, int from, int length) {
        int copied = Math.min(length, input.length - Math.max(at, from));
        System.arraycopy(input, from, input, at, copied);
        return input;
    }
}
