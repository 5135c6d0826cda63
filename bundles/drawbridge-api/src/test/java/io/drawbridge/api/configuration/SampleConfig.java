// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

/** Settings of every type. */
@interface SampleConfig {
    String domain();

    int count() default 4;

    boolean on() default false;

    String[] names() default {};

    Level level() default Level.USE_SOURCE;

    int _secret() default 0;

    enum Level {
        ALWAYS_TRUE,
        USE_SOURCE
    }
}
