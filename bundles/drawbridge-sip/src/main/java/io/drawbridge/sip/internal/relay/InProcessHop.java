// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/** An element inside this appliance, which stands where the home stands: messages reach it without a socket. */
public abstract class InProcessHop extends Hop {
    /** Starts with nothing under way, as {@link Hop} does. */
    protected InProcessHop(Relay relay, EventExecutor executor) {
        super(relay, executor, Side.INSIDE);
    }

    /** Takes a whole message. Called on the loop; does not fail. */
    protected abstract void take(byte[] message);

    @Override
    public final void write(ByteBuf message, Asker sent) {
        byte[] octets;
        try {
            octets = ByteBufUtil.getBytes(message);
        } finally {
            message.release();
        }
        take(octets);
        if (sent != null) {
            sent.written(true);
        }
    }

    @Override
    public final HostPort remote() {
        return announced();
    }

    @Override
    public final Optional<PeerIdentity> peer() {
        return Optional.empty();
    }

    @Override
    public final boolean isWritable() {
        return true;
    }

    @Override
    public final ByteBuf buffer(int size) {
        return ByteBufAllocator.DEFAULT.heapBuffer(size);
    }

    @Override
    protected final void suspect() {
        // It lives in this process: nothing to find out.
    }
}
