// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.wiring.BundleWiring;

/** A public provider comes, is replaced and goes; nothing of it stays, and SIP and XMPP do not notice. */
public class ProviderCase extends ApplianceCase {
    private static final String FEATURE = "drawbridge-provider-example";
    private static final String PARROT = "sip:parrot@echo.example";

    private Neighbourhood neighbours;
    private Edge edge;

    @Before
    public void opensTheEdge() throws Exception {
        neighbours = new Neighbourhood(context, folder.getRoot().toPath());
        edge = neighbours.edge();
        edge.set("io.drawbridge.provider", "example", Map.of("enabled", "true"));
    }

    @After
    public void leavesTheApplianceAsItWas() throws Exception {
        if (features.isInstalled(features.getFeature(FEATURE))) {
            features.uninstallFeature(FEATURE);
        }
        neighbours.close();
    }

    @Test
    public void aPluginIsInstalledReplacedAndRemovedAndItsClassesAreCollectedWhileTheOthersGoOn() throws Exception {
        Contoso contoso = neighbours.contoso();
        try (Partner sip = contoso.partner();
                Partner alice = neighbours.alice();
                XmppPartner chat = neighbours.chat()) {
            Map<String, Object> others = contoso.wiringsWithout(Set.of(FEATURE));
            try (Traffic federation = new Traffic(() -> sip.tells("sip:" + NextHop.READY, "And on"))) {
                federation.flows();
                features.installFeature(FEATURE);
                echoes(alice, "first");
                WeakReference<ClassLoader> first = classLoader();

                edge.bundle(FEATURE).update();
                echoes(alice, "second");
                WeakReference<ClassLoader> second = classLoader();
                assertTrue("it was replaced", first.get() != second.get());
                awaitCollected("the version that was replaced", first);

                features.uninstallFeature(FEATURE);
                awaitCollected("the version that was removed", second);
                assertEquals("SIP/2.0 504 Server Time-out", alice.tells(PARROT, "Anybody?"));

                federation.flows();
                chat.writes("on");
                neighbours.home().awaitRequest().answer("200 OK");
                assertEquals("no other bundle was refreshed", others, contoso.wiringsWithout(Set.of(FEATURE)));
            }
        }
    }

    private void echoes(Partner alice, String text) throws Exception {
        ProviderDirectory providers = edge.service(ProviderDirectory.class);
        Eventually.await("the provider to run", () -> providers.providers().stream()
                .anyMatch(provider -> provider.state() == ProviderStatus.State.RUNNING && provider.online() == 1));
        neighbours.awaitKnown("echo.example");
        assertEquals("SIP/2.0 200 OK", alice.tells(PARROT, text));
        NextHop.Request echo = neighbours.home().awaitRequest();
        assertTrue(echo.lines().get(0), echo.lines().get(0).startsWith("MESSAGE sip:" + Contoso.ALICE));
        echo.answer("200 OK");
    }

    private WeakReference<ClassLoader> classLoader() {
        return new WeakReference<>(
                edge.bundle(FEATURE).adapt(BundleWiring.class).getClassLoader());
    }

    /** The container's own caches let go in their own time. */
    private static void awaitCollected(String what, WeakReference<ClassLoader> classes) throws Exception {
        Eventually.await(what + " to be collected", () -> {
            System.gc();
            return classes.get() == null;
        });
    }
}
