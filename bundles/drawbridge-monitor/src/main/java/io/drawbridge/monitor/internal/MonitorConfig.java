// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code io.drawbridge.monitor}. */
@ObjectClassDefinition(
        name = "Drawbridge monitor",
        description = "The trace of crossings and the management port for metrics and health.")
public @interface MonitorConfig {
    /** How many crossings that were delivered are kept. */
    @AttributeDefinition(
            name = "Trace size of what was delivered",
            description = "Delivered crossings kept in memory for drawbridge:trace, about 1 KiB each. Takes effect at "
                    + "once and keeps the newest. At high rates, much more than a second's worth costs pauses.",
            min = "100",
            max = "1000000")
    int deliveredTraceSize() default 1_000;

    /** How many other crossings are kept. */
    @AttributeDefinition(
            name = "Trace size",
            description =
                    "Refused, rejected and failed crossings kept in memory for drawbridge:trace, about 1 KiB each. "
                            + "Takes effect at once and keeps the newest.",
            min = "100",
            max = "1000000")
    int traceSize() default 10_000;

    /** Where the management port listens. */
    @AttributeDefinition(
            name = "Management address",
            description =
                    "IP address of this machine on which /metrics, /health and /ready are served. They ask for no "
                            + "password: leave it on loopback, or on a network that only monitoring reaches.")
    String address() default "127.0.0.1";

    /** The management port. */
    @AttributeDefinition(
            name = "Management port",
            description = "TCP port of /metrics, /health and /ready.",
            min = "1",
            max = "65535")
    int port() default 9464;
}
