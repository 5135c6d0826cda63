// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Two versions of a plug-in in one container: the newer one is tried by some of the users, and judged. */
public class CanaryCase extends ApplianceCase {
    private static final String FEATURE = "drawbridge-provider-example";
    private static final String EXPLAINED = "drawbridge:providers explain example";
    private static final String FRAGILE = "sip:" + NewerEcho.FRAGILE + "@echo.example";
    private static final int PERCENT = 20;
    private static final int ERROR_PERCENT = 5;
    /** Of fewer messages and accounts the host makes no rate. */
    private static final int LEAST = 20;

    private static final List<String> USERS = IntStream.range(0, 60)
            .mapToObj(number -> "user" + number + "@" + Contoso.DOMAIN)
            .toList();

    @Inject
    private SessionFactory sessions;

    /** Another one for each test, since the host remembers what became of a version. */
    private final String version = "99.0." + Instant.now().getEpochSecond();

    private Neighbourhood neighbours;
    private Shell shell;

    @Before
    public void hasTheOlderVersion() throws Exception {
        shell = new Shell(sessions);
        shell.awaitCommands();
        neighbours = new Neighbourhood(context, folder.getRoot().toPath());
        features.installFeature(FEATURE);
        neighbours.edge().set("io.drawbridge.exchange", Map.of("partnerMessageBurst", 10_000));
        neighbours
                .edge()
                .set(
                        "io.drawbridge.provider",
                        "example",
                        Map.of("enabled", "true", "canaryPercent", PERCENT, "canaryErrorPercent", ERROR_PERCENT));
        neighbours.awaitKnown("echo.example");
    }

    @After
    public void leavesTheApplianceAsItWas() throws Exception {
        for (Bundle newer : newer()) {
            newer.uninstall();
        }
        features.uninstallFeature(FEATURE);
        neighbours.close();
    }

    @Test
    public void aNewerVersionServesItsShareIsTakenBackForItsErrorsAndServesAllOncePromoted() throws Exception {
        try (Partner clients = neighbours.alice()) {
            assertEquals("nobody has the newer one yet", Set.of(), servedByNewer(clients));

            installNewer();
            awaitExplained("on trial for " + PERCENT + " % of the users");
            Set<String> share = servedByNewer(clients);
            assertTrue(share + " are a share", !share.isEmpty() && share.size() < USERS.size() / 2);
            assertEquals("it is always the same", share, servedByNewer(clients));
            assertTrue(explained(), explained().contains("0 errors in " + 2 * share.size() + " messages"));

            String unlucky = share.iterator().next();
            int errors = 0;
            do {
                assertNotEquals("SIP/2.0 200 OK", clients.tells(unlucky, FRAGILE, "and now?"));
                errors++;
            } while (errors * 100 <= ERROR_PERCENT * Math.max(2 * share.size() + errors + 1, LEAST));
            awaitExplained("taken back at ");
            assertTrue(explained(), explained().contains("the budget is " + ERROR_PERCENT + " %"));
            assertEquals("its users are with the older one again", Set.of(), servedByNewer(clients));

            assertTrue(admin("drawbridge:providers promote example")
                    .contains("version " + version + " serves everybody."));
            Eventually.await(
                    "all to be served by it", () -> servedByNewer(clients).size() == USERS.size());
        }
    }

    @Test
    public void aTrialIsEndedByHand() throws Exception {
        try (Partner clients = neighbours.alice()) {
            installNewer();
            awaitExplained("on trial for ");
            assertTrue(admin("drawbridge:providers take-back example").contains("is taken back"));
            awaitExplained("ended by hand");
            assertEquals(Set.of(), servedByNewer(clients));
        }
    }

    private void installNewer() throws Exception {
        admin("bundle:install -s file:" + NewerEcho.jar(folder.getRoot().toPath(), FEATURE, version));
    }

    /** Each writes to somebody of his own, whose answer tells which version brought it. */
    private Set<String> servedByNewer(Partner clients) throws Exception {
        Set<String> newer = new TreeSet<>();
        for (String user : USERS) {
            String other = user.replace("user", "parrot").replace(Contoso.DOMAIN, "echo.example");
            assertEquals("SIP/2.0 200 OK", clients.tells(user, "sip:" + other, "hello"));
            NextHop.Request answer = neighbours.home().awaitRequest();
            answer.answer("200 OK");
            assertTrue(answer.lines().get(0), answer.lines().get(0).startsWith("MESSAGE sip:" + user));
            if (answer.lines().stream().anyMatch(line -> line.startsWith("From: ") && line.contains(NewerEcho.MARK))) {
                newer.add(user);
            }
        }
        return newer;
    }

    private void awaitExplained(String text) throws Exception {
        Eventually.await("'" + text + "' in " + EXPLAINED, () -> explained().contains(text));
    }

    private String explained() throws Exception {
        return admin(EXPLAINED).replaceAll("\\s+", " ");
    }

    private String admin(String command) throws Exception {
        return shell.run(Shell.ADMINISTRATOR, command);
    }

    private List<Bundle> newer() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(FEATURE))
                .filter(bundle -> bundle.getVersion().toString().equals(version))
                .toList();
    }
}
