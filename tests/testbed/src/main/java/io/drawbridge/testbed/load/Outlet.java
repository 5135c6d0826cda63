// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Writes messages on a connection: one write for all that are written in one turn of its loop, not one for each. */
final class Outlet {
    private final Channel channel;
    private ByteBuf pending;

    Outlet(Channel channel) {
        this.channel = channel;
    }

    /** Returns where the next message is written; on the loop. */
    ByteBuf next() {
        if (pending == null) {
            pending = channel.alloc().directBuffer(1024);
            // Runs when the loop has read what is readable on all connections.
            channel.eventLoop().execute(this::flush);
        }
        return pending;
    }

    private void flush() {
        ByteBuf messages = pending;
        pending = null;
        channel.writeAndFlush(messages, channel.voidPromise());
    }

    void close() {
        channel.close();
    }
}
