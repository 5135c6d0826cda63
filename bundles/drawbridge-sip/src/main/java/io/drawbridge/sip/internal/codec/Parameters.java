// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.util.Optional;

/**
 * The {@code ;name=value} parameters behind a URI or header value, in their order and with their duplicates. Values may
 * hold anything but separators and white space, {@code =} included, as deployed servers write them.
 */
public final class Parameters {
    private final byte[] array;
    private final int start;
    private final int end;

    private Parameters(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
    }

    /** Takes over parameters that a reader has checked, from the first semicolon on. */
    static Parameters of(byte[] array, int start, int end) {
        return new Parameters(array, start, end);
    }

    /** Returns whether there is a parameter of this name, with or without a value. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** Returns the value of the first parameter of this name: empty text if it has none, nothing if it is absent. */
    public Optional<Octets> first(String name) {
        Visit visit = find(name);
        return visit == null ? Optional.empty() : Optional.of(new Octets(array, visit.valueStart, visit.valueEnd));
    }

    private Visit find(String name) {
        Visit visit = new Visit(array, start, end);
        while (visit.next()) {
            if (Ascii.equalsIgnoreCase(array, visit.nameStart, visit.nameEnd, name)) {
                return visit;
            }
        }
        return null;
    }

    /** A walk over parameters; lenient, so that it can also be used on what was not checked. */
    static final class Visit {
        private final byte[] array;
        private final int end;
        private int position;
        private boolean malformed;
        int nameStart;
        int nameEnd;
        int valueStart;
        int valueEnd;
        boolean assigned;

        Visit(byte[] array, int start, int end) {
            this.array = array;
            this.position = start;
            this.end = end;
        }

        /** Moves to the next parameter; false at the end or where the text is no parameter. */
        boolean next() {
            skipWhitespace();
            if (position >= end || array[position] != ';') {
                return false;
            }
            position++;
            skipWhitespace();
            nameStart = position;
            while (position < end && !isNameEnd(array[position])) {
                position++;
            }
            nameEnd = position;
            valueStart = position;
            valueEnd = position;
            skipWhitespace();
            assigned = position < end && array[position] == '=';
            if (assigned) {
                position++;
                skipWhitespace();
                readValue();
            }
            malformed |= nameEnd == nameStart;
            return !malformed;
        }

        /** Returns whether the walk, once over, came to the end and met well-formed parameters only. */
        boolean isComplete() {
            return position >= end && !malformed;
        }

        private void readValue() {
            valueStart = position;
            if (position < end && array[position] == '"') {
                int quotedEnd = OctetReader.quotedEnd(array, position, end);
                malformed = quotedEnd < 0;
                position = malformed ? end : quotedEnd;
            } else {
                while (position < end && !isValueEnd(array[position])) {
                    position++;
                }
            }
            valueEnd = position;
        }

        private void skipWhitespace() {
            while (position < end && Ascii.isWhitespace(array[position])) {
                position++;
            }
        }

        private static boolean isNameEnd(byte octet) {
            return octet == '=' || isValueEnd(octet);
        }

        private static boolean isValueEnd(byte octet) {
            return octet == ';' || octet == ',' || octet == '"' || Ascii.isWhitespace(octet);
        }
    }
}
