// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a contract test stands for; told to the vendor whose provider breaks it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Clause {
    /** The rule, as a sentence. */
    String rule();

    /** The type whose Javadoc holds it. */
    Class<?> written();

    /** What to do about a breach, as a sentence. */
    String remedy();
}
