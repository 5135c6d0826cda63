// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which rule of which document a test shows to be kept; docs/compliance.md is made of these. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Specified.All.class)
public @interface Specified {
    /** The document, such as {@code RFC 3261}. */
    String document();

    /** The section's number in it. */
    String section();

    /** The rule, quoted or in short. */
    String requirement();

    /** Several rules shown by one test. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface All {
        /** The rules. */
        Specified[] value();
    }
}
