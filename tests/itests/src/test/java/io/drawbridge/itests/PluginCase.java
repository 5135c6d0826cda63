// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

/** A vendor's KAR dropped into {@code deploy/}: without the Internet, it runs or is refused before any of its code runs. */
public class PluginCase extends ApplianceCase {
    private static final String ADMISSION = "io.drawbridge.plugins";

    private final List<Path> dropped = new ArrayList<>();
    private Edge edge;
    private Path deploy;
    private Path vendors;

    @Before
    public void looksAround() throws IOException {
        edge = new Edge(context);
        Path base = Path.of(context.getProperty("karaf.base"));
        deploy = Files.createDirectories(base.resolve("deploy"));
        // Beside the target, so that a KAR appears there whole.
        vendors = Files.createTempDirectory(base.resolve("data"), "vendor");
    }

    @After
    public void takesThemAway() throws Exception {
        for (Path kar : dropped) {
            Files.deleteIfExists(kar);
        }
        edge.close();
        Eventually.await("no vendor's plug-in", () -> Arrays.stream(context.getBundles())
                .noneMatch(bundle -> bundle.getSymbolicName().startsWith("vendor-")));
    }

    @Test
    public void aSoundPlugInServesAndGoesWithItsKar() throws Exception {
        drop(vendor("vendor-sound", ""));
        awaitState("example", ProviderStatus.State.UNCONFIGURED);
    }

    @Test
    public void aPlugInThatImportsMoreThanItMayNeverStarts() throws Exception {
        drop(vendor("vendor-greedy", ",io.drawbridge.api.policy"));
        ProviderStatus refused = awaitState("vendor-greedy", ProviderStatus.State.REFUSED);
        assertEquals(
                "it imports io.drawbridge.api.policy, and a plug-in may import io.drawbridge.api.model and"
                        + " io.drawbridge.api.provider only",
                refused.trouble());
        assertEquals(Bundle.INSTALLED, edge.bundle("vendor-greedy").getState());
    }

    @Test
    public void aPlugInThatNeedsANewerContractIsNamedWithBothVersions() throws Exception {
        drop(vendor("vendor-ahead", known -> known.replaceAll("\\[1\\.\\d+,2\\)", "[99,100)")));
        ProviderStatus refused = awaitState("vendor-ahead", ProviderStatus.State.REFUSED);
        assertTrue(
                refused.trouble(),
                refused.trouble()
                        .startsWith(
                                "it needs io.drawbridge.api.model in version [99.0.0,100.0.0), and this appliance has"));
    }

    @Test
    public void aPlugInThatNeedsAPackageThatNobodyHasIsNamedWithIt() throws Exception {
        drop(vendor("vendor-lacking", ",com.acme.secret"));
        assertEquals(
                "it needs com.acme.secret, which no bundle here exports",
                awaitState("vendor-lacking", ProviderStatus.State.REFUSED).trouble());
    }

    @Test
    public void aRefusedPlugInThatLiesAboutIsInNobodysWay() throws Exception {
        drop(vendor("vendor-greedy", ",io.drawbridge.api.policy"));
        awaitState("vendor-greedy", ProviderStatus.State.REFUSED);
        Eventually.await(
                "the container to leave it out",
                () -> edge.bundle("vendor-greedy").adapt(BundleStartLevel.class).getStartLevel() == Integer.MAX_VALUE);
        features.installFeature("drawbridge-provider-yahoo");
        try {
            awaitState("yahoo", ProviderStatus.State.UNCONFIGURED);
        } finally {
            features.uninstallFeature("drawbridge-provider-yahoo");
        }
        assertEquals(Bundle.INSTALLED, edge.bundle("vendor-greedy").getState());
    }

    @Test
    public void whereASignatureIsRequiredOnlyPlugInsOfNamedSignersRun() throws Exception {
        VendorKar signed = vendor("vendor-signed", "");
        Path signer = signed.sign();
        edge.set(ADMISSION, Map.of("signatureRequired", "true", "signers", signer.toString()));
        drop(vendor("vendor-unsigned", ""));
        assertEquals(
                "it is not signed, and io.drawbridge.plugins has signatureRequired=true",
                awaitState("vendor-unsigned", ProviderStatus.State.REFUSED).trouble());
        drop(signed);
        awaitState("example", ProviderStatus.State.UNCONFIGURED);
        assertEquals(Bundle.ACTIVE, edge.bundle("vendor-signed").getState());
    }

    @Test
    public void theRulesActOnPlugInsThatRun() throws Exception {
        drop(vendor("vendor-running", ""));
        awaitState("example", ProviderStatus.State.UNCONFIGURED);
        Path signer = vendor("vendor-other", "").sign();
        edge.set(ADMISSION, Map.of("signatureRequired", "true", "signers", signer.toString()));
        awaitState("vendor-running", ProviderStatus.State.REFUSED);
        Eventually.await("it to stop", () -> edge.bundle("vendor-running").getState() == Bundle.INSTALLED);
        edge.set(ADMISSION, Map.of("signatureRequired", "false"));
        awaitState("example", ProviderStatus.State.UNCONFIGURED);
        assertEquals(Bundle.ACTIVE, edge.bundle("vendor-running").getState());
    }

    private VendorKar vendor(String name, String furtherImports) throws IOException {
        return vendor(name, known -> known + furtherImports);
    }

    private VendorKar vendor(String name, UnaryOperator<String> imports) throws IOException {
        String version = System.getProperty("drawbridge.version");
        Path sample = Path.of(
                context.getProperty("karaf.home"),
                "system/io/drawbridge/drawbridge-provider-example",
                version,
                "drawbridge-provider-example-" + version + ".jar");
        return new VendorKar(vendors, name, sample, imports);
    }

    private void drop(VendorKar kar) throws IOException {
        dropped.add(kar.drop(deploy));
    }

    private ProviderStatus awaitState(String id, ProviderStatus.State state) throws Exception {
        Eventually.await(id + " to be " + state, () -> status(id, state).isPresent());
        return status(id, state).orElseThrow();
    }

    private Optional<ProviderStatus> status(String id, ProviderStatus.State state) {
        return edge.service(ProviderDirectory.class).providers().stream()
                .filter(status -> status.id().equals(id) && status.state() == state)
                .findFirst();
    }
}
