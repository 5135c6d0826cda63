// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Presence documents as octets. What is too long for a record is cut, for it is only a memory. */
final class PresenceCodec {
    private static final byte VERSION = 1;
    private static final int LONGEST_NOTE = 1024;
    private static final int MOST_NOTES = 8;

    private PresenceCodec() {}

    static byte[] write(PresenceDocument document) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeByte(VERSION);
            out.writeShort(document.instances().size());
            for (InstancePresence instance : document.instances()) {
                write(out, instance);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }

    private static void write(DataOutputStream out, InstancePresence instance) throws IOException {
        out.writeUTF(instance.instance());
        out.writeUTF(instance.availability().name());
        List<Note> notes = instance.notes()
                .subList(0, Math.min(MOST_NOTES, instance.notes().size()));
        out.writeByte(notes.size());
        for (Note note : notes) {
            out.writeUTF(cut(note.language()));
            out.writeUTF(cut(note.text()));
        }
        out.writeBoolean(instance.priority().isPresent());
        out.writeByte(instance.priority().orElse(0));
        out.writeLong(instance.idleSince().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE);
    }

    /**
     * Reads a document.
     *
     * @throws IOException if the octets are none, or of a later version
     */
    static PresenceDocument read(Principal presentity, byte[] octets) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            if (in.readByte() != VERSION) {
                throw new IOException("a presence document of another version");
            }
            int count = in.readShort();
            List<InstancePresence> instances = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                instances.add(instance(in));
            }
            return new PresenceDocument(presentity, instances);
        } catch (IllegalArgumentException unknown) {
            throw new IOException("a presence document with an unknown value", unknown);
        }
    }

    private static InstancePresence instance(DataInputStream in) throws IOException {
        String id = in.readUTF();
        Availability availability = Availability.valueOf(in.readUTF());
        int count = in.readByte();
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            notes.add(new Note(in.readUTF(), in.readUTF()));
        }
        boolean hasPriority = in.readBoolean();
        int priority = in.readByte();
        long idle = in.readLong();
        return new InstancePresence(
                id,
                availability,
                notes,
                hasPriority ? Optional.of(priority) : Optional.empty(),
                idle == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(idle)));
    }
}
