// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.util.EnumSet;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.BundleContext;

/** What is shown inside the running appliance, which all cases share; each leaves it as it was. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public abstract class ApplianceCase {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Inject
    BundleContext context;

    @Inject
    FeaturesService features;

    @Configuration
    public Option[] container() {
        return BuiltAppliance.options();
    }

    /** Removes a feature; whoever calls has no use for a checked exception. */
    void remove(String feature) {
        try {
            features.uninstallFeature(feature);
        } catch (Exception failed) {
            throw new AssertionError(feature + " cannot be removed", failed);
        }
    }

    /** Installs a feature that may be there already. */
    void restore(String feature) throws Exception {
        features.installFeature(feature, EnumSet.of(FeaturesService.Option.NoFailOnFeatureNotFound));
    }
}
