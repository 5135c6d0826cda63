// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.XmppPartners;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** A public provider comes, is replaced and goes; nothing of it stays, and SIP and XMPP do not notice. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public class ProviderCase {
    private static final String FEATURE = "drawbridge-provider-example";
    private static final String PARROT = "sip:parrot@echo.example";
    private static final String LISTENER = "xmpp";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    private Contoso contoso;
    private Edge edge;
    private NextHop home;

    @Configuration
    public Option[] container() {
        return BuiltAppliance.options();
    }

    @Before
    public void opensTheEdge() throws Exception {
        contoso = new Contoso(context, folder.getRoot().toPath());
        contoso.certificates().make(XmppPartner.DOMAIN);
        edge = contoso.edge();
        edge.set("io.drawbridge.sip.gateway", Map.of("messageMode", "PAGER"));
        home = new NextHop(contoso.certificates().tls(NextHop.HOST));
        contoso.leadsTo(home);
        edge.set("io.drawbridge.provider", "example", Map.of("enabled", "true"));
        edge.set("io.drawbridge.xmpp.partner", XmppPartner.DOMAIN, Map.of("partnerType", "Federated"));
        XmppPartners partners = edge.service(XmppPartners.class);
        Eventually.await("the partner", () -> partners.of(DomainName.of(XmppPartner.DOMAIN))
                .isPresent());
        edge.set(Edge.LISTENER, LISTENER, Contoso.listener("outside", "xmpp"));
        edge.awaitOpen(LISTENER);
    }

    @After
    public void leavesTheApplianceAsItWas() throws Exception {
        if (features.isInstalled(features.getFeature(FEATURE))) {
            features.uninstallFeature(FEATURE);
        }
        home.close();
        contoso.close();
    }

    @Test
    public void aPluginIsInstalledReplacedAndRemovedAndItsClassesAreCollectedWhileTheOthersGoOn() throws Exception {
        try (Partner sip = contoso.partner();
                Partner alice = alice();
                XmppPartner chat =
                        new XmppPartner(contoso.certificates().tls(XmppPartner.DOMAIN), edge.awaitOpen(LISTENER))) {
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
                home.awaitRequest().answer("200 OK");
                assertEquals("no other bundle was refreshed", others, contoso.wiringsWithout(Set.of(FEATURE)));
            }
        }
    }

    private void echoes(Partner alice, String text) throws Exception {
        ProviderDirectory providers = edge.service(ProviderDirectory.class);
        Eventually.await("the provider to run", () -> providers.providers().stream()
                .anyMatch(provider -> provider.state() == ProviderStatus.State.RUNNING && provider.online() == 1));
        PolicyDirectory policy = edge.service(PolicyDirectory.class);
        Eventually.await("policy to know its domain", () -> policy.domains().stream()
                .anyMatch(domain -> domain.domain().equals(DomainName.of("echo.example"))));
        assertEquals("SIP/2.0 200 OK", alice.tells(PARROT, text));
        NextHop.Request echo = home.awaitRequest();
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

    private Partner alice() throws Exception {
        return new Partner(
                contoso.certificates().tls(NextHop.HOST), edge.awaitOpen("inside"), NextHop.HOST, Contoso.ALICE);
    }
}
