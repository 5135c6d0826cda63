// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** XMPP federation comes and goes while its users write and SIP partners go on, and nobody is left without an answer. */
public class XmppCase extends ApplianceCase {
    private static final String FEATURE = "drawbridge-xmpp";
    private static final Set<String> ITS_BUNDLES =
            Set.of(FEATURE, "drawbridge-lib-smack", "com.fasterxml.aalto-xml", "stax2-api");
    private static final int PATIENCE_SECONDS = 45;

    private Neighbourhood neighbours;
    private Contoso contoso;
    private NextHop home;

    @Before
    public void opensTheEdge() throws Exception {
        neighbours = new Neighbourhood(context, folder.getRoot().toPath());
        contoso = neighbours.contoso();
        home = neighbours.home();
    }

    @After
    public void leavesTheApplianceAsItWas() throws Exception {
        restore(FEATURE);
        neighbours.close();
    }

    @Test
    public void whatIsUnderWayHasItsOutcomeBeforeXmppIsGoneAndSipIsNotTouched() throws Exception {
        try (Partner sip = contoso.partner();
                Partner alice = neighbours.alice();
                XmppPartner chat = neighbours.chat()) {
            Map<String, Object> others = contoso.wiringsWithout(ITS_BUNDLES);
            try (Traffic federation = new Traffic(() -> sip.tells("sip:" + NextHop.READY, "And on"))) {
                federation.flows();
                chat.writes("first");
                NextHop.Request message = home.awaitRequest();
                alice.says("sip:" + XmppPartner.BOB, "Are you there?");
                assertTrue(chat.hears("</message>").contains("Are you there?"));
                CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> remove(FEATURE));
                contoso.edge().awaitClosed(Neighbourhood.XMPP);
                federation.flows();

                chat.writes("late");
                String refusal = chat.hears("</message>");
                assertTrue(refusal, refusal.matches("(?s).*id='late'.*service-unavailable.*"));
                message.answer("480 Temporarily Unavailable");
                String outcome = chat.hears("</message>");
                assertTrue(outcome, outcome.matches("(?s).*id=[\"']first[\"'].*type=[\"']error.*"));
                assertFalse("the stream is open until everything is said", removal.isDone());
                chat.acknowledges(3);
                assertEquals("SIP/2.0 200 OK", alice.awaitAnswer());
                String farewell = chat.hears(XmppPartner.END);
                assertTrue(farewell, farewell.matches("(?s).*h='2'/>" + XmppPartner.END));
                chat.says(XmppPartner.END);

                removal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                federation.flows();
                assertEquals("no other bundle was refreshed", others, contoso.wiringsWithout(ITS_BUNDLES));
                assertEquals(
                        "no installed bundle serves protocol 'xmpp'",
                        contoso.edge().listener(Neighbourhood.XMPP).why());

                features.installFeature(FEATURE);
                crosses();
                federation.flows();
                assertEquals("no other bundle was refreshed", others, contoso.wiringsWithout(ITS_BUNDLES));
            }
        }
    }

    @Test
    public void whileXmppIsNotThereItsUsersAreRefusedWithTheReason() throws Exception {
        try (Partner alice = neighbours.alice()) {
            remove(FEATURE);
            assertEquals(
                    "SIP/2.0 480 Temporarily Unavailable", alice.tells("sip:" + XmppPartner.BOB, "Are you there?"));
            features.installFeature(FEATURE);
            crosses();
        }
    }

    private void crosses() throws Exception {
        try (XmppPartner again = neighbours.chat()) {
            again.writes("again");
            home.awaitRequest().answer("200 OK");
            again.says("<r xmlns='urn:xmpp:sm:3'/>").hears("h='1'/>");
        }
    }
}
