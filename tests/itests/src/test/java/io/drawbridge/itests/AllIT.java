// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;
import org.junit.runners.Suite.SuiteClasses;

/** All of them in one container. */
@RunWith(Suite.class)
@SuiteClasses({FeaturesCase.class})
public class AllIT {}
