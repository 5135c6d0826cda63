// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.StanzaReceiver;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import io.drawbridge.xmpp.internal.stream.Streams;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The link in the container: it is there while there are streams on one side and an inbox on the other. */
@Component(
        service = {Link.class, StanzaReceiver.class, MetricSource.class},
        property = Link.ID + "=" + Way.LINK)
public final class XmppLinkComponent implements Link, StanzaReceiver, MetricSource {
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Streams streams;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Inbox inbox;

    private final XmppLink link;

    /** Makes the link. */
    @Activate
    public XmppLinkComponent(BundleContext bundle) {
        link = new XmppLink(
                stanza -> streams.send(stanza),
                (event, origin) -> inbox.accept(event, origin),
                bundle.getBundle().getVersion().toString(),
                InstantSource.system());
    }

    /** What was taken is answered first. */
    @Deactivate
    void deactivate() {
        link.drain();
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(Event event) {
        return link.deliver(event);
    }

    @Override
    public Optional<CompletionStage<?>> received(Stanza stanza, StreamPeer origin) {
        return link.received(stanza, origin);
    }

    @Override
    public void collect(MetricSink sink) {
        link.collect(sink);
    }
}
