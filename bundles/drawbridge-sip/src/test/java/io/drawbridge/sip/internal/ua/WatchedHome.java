// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

/** The home as the notifier of its users' presence, played by the test. */
final class WatchedHome {
    final Scene scene = new Scene();
    private int sequence;

    /** Takes the next SUBSCRIBE. */
    String subscribed() {
        return scene.gets("SUBSCRIBE ");
    }

    /** Grants a subscription so many seconds. */
    void accepts(String subscribe, int expires) {
        scene.answers(subscribe, 200, "Expires: " + expires, "Contact: <sip:pa@corp.example:5061>");
    }

    /** The notifier sends a NOTIFY in the dialog of a SUBSCRIBE and gets this answer. */
    void notifies(String subscribe, String state, String body, int answer) {
        String contact = Scene.header(subscribe, "Contact");
        String type = body.isEmpty() ? "X-None: 1" : "Content-Type: application/pidf+xml";
        scene.sends(
                body,
                "NOTIFY " + contact.substring(1, contact.length() - 1) + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=home",
                "To: " + Scene.header(subscribe, "From"),
                "Call-ID: " + Scene.header(subscribe, "Call-ID"),
                "CSeq: " + ++sequence + " NOTIFY",
                "Contact: <sip:pa@corp.example:5061>",
                "Event: presence",
                "Subscription-State: " + state,
                type);
        scene.gets("SIP/2.0 " + answer);
    }

    /** The next NOTIFY is the first of its dialog. */
    void beginsDialog() {
        sequence = 0;
    }

    static String pidf(String basic) {
        return "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:romeo@corp.example'><tuple id='ID-desk'><status>"
                + "<basic>" + basic + "</basic></status></tuple></presence>";
    }
}
