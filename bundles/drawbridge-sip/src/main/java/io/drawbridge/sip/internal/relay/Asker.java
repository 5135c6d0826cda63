// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.sip.internal.codec.SipResponse;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** Whoever sent a request to a {@link Hop} and waits for what comes of it. Called on the hop's loop. */
public interface Asker extends ChannelFutureListener {
    /** A response with the request's branch arrived. */
    void answered(Hop hop, long branch, SipResponse response);

    /** The hop is gone; no response will come. */
    void lost(Hop hop, long branch);

    /** The request left this appliance, or could not. */
    void written(boolean success);

    @Override
    default void operationComplete(ChannelFuture write) {
        written(write.isSuccess());
    }
}
