// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipFlow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A flow that keeps what was sent, a client's if nothing else is said. */
final class RecordingFlow implements SipFlow {
    final List<String> sent = new ArrayList<>();
    boolean open = true;
    private final String id;
    private final Kind kind;

    RecordingFlow(String id) {
        this(id, Kind.CLIENT);
    }

    RecordingFlow(String id, Kind kind) {
        this.id = id;
        this.kind = kind;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Side side() {
        return Side.INSIDE;
    }

    @Override
    public HostPort local() {
        return HostPort.of("sip.contoso.example:5061");
    }

    @Override
    public HostPort remote() {
        return HostPort.of("192.0.2.7:49152");
    }

    @Override
    public boolean send(byte[] message) {
        if (open) {
            sent.add(new String(message, StandardCharsets.UTF_8));
        }
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    String last() {
        return sent.get(sent.size() - 1);
    }
}
