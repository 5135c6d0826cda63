// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public class FeaturesCase {
    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Configuration
    public Option[] container() {
        return BuiltAppliance.options();
    }

    @Test
    public void everyBundleOfTheApplianceIsActive() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("drawbridge"))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
        assertEquals(List.of(), idle);
    }

    @Test
    public void sipFederationIsRemovedAndInstalledWithoutTouchingTheOthers() throws Exception {
        long net = bundle("drawbridge-net").getLastModified();
        features.uninstallFeature("drawbridge", EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
        features.installFeatures(
                new java.util.HashSet<>(
                        List.of("drawbridge-core", "drawbridge-net", "drawbridge-home", "drawbridge-operate")),
                EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
        assertFalse(Arrays.stream(context.getBundles())
                .anyMatch(bundle -> bundle.getSymbolicName().equals("drawbridge-sip")));
        features.installFeature("drawbridge-sip", EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
        assertEquals(Bundle.ACTIVE, bundle("drawbridge-sip").getState());
        assertTrue(bundle("drawbridge-net").getLastModified() >= net);
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
