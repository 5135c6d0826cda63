// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.audit.AuditEntry.Change;
import io.drawbridge.api.audit.AuditTrail;
import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.PeerDirectory;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.CertificatesView;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.ExpiryView;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Shows the own certificates, and how to come by them. */
@Service
@Command(
        scope = "drawbridge",
        name = "certificates",
        description = "Lists own certificates, requests and imports them, makes a test authority.",
        detailedDescription =
                """
                list                   lists the identities and their certificates
                expiry                 lists when certificates end, those of peers too
                csr NAME HOST ...      makes a key, if there is none, and a request
                import NAME FILE       takes the certificate that answers the request:
                                       PEM, the own one first, then its issuers
                test-ca NAME HOST ...  makes an authority for trials and a certificate of
                                       it; not for partners
                import and test-ca also configure io.drawbridge.net.identity~NAME.
                Examples:
                  drawbridge:certificates
                  drawbridge:certificates csr outside sip.contoso.example
                  drawbridge:certificates import outside outside.pem --trust ca.pem
                """)
public final class CertificatesCommand extends EdgeCommand {
    private static final String IDENTITY = "io.drawbridge.net.identity";

    @Argument(name = "action", description = "list, expiry, csr, import or test-ca.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "expiry", "csr", "import", "test-ca"})
    private String action = "list";

    @Argument(index = 1, name = "name", description = "The identity, then what the action needs.", multiValued = true)
    @Completion(CertificateWords.class)
    private List<String> words = new ArrayList<>();

    @Option(
            name = "--client-purpose",
            description = "csr: asks for the purpose clientAuth too, which the gateways of some public networks want.")
    private boolean clientPurpose;

    @Option(name = "--directory", description = "Where keys and certificates are; etc/certificates unless given.")
    @Completion(FileCompleter.class)
    private String directory;

    @Option(name = "--trust", description = "import: PEM files with the authorities peers must lead to, by commas.")
    @Completion(FileCompleter.class)
    private String trust;

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws CommandException, IOException, Refused {
        Operands operands = new Operands("drawbridge:certificates " + action, given);
        Identities identities = services.need(Identities.class, Parts.NET);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield new CertificatesView(identities.identities(), times());
            }
            case "expiry" -> {
                operands.exactly();
                yield ExpiryView.of(
                        identities.identities(),
                        services.find(PeerDirectory.class)
                                .map(PeerDirectory::peers)
                                .orElse(List.of()),
                        times());
            }
            case "csr" -> request(services, identities, operands.atLeast("NAME", "HOST"));
            case "import" -> accept(services, identities, operands.exactly("NAME", "FILE"));
            case "test-ca" -> test(services, identities, operands.atLeast("NAME", "HOST"));
            default ->
                throw new CommandException("no action '" + action + "'; there are list, expiry, csr, import, test-ca");
        };
    }

    private View request(Services services, Identities identities, List<String> given)
            throws CommandException, IOException {
        List<String> hosts = given.subList(1, given.size());
        Path request = identities.request(given.get(0), hosts, clientPurpose, directory(services));
        audit(services, "certificate requested", request, hosts);
        return Done.of(
                "The request is " + request,
                "Have it signed, then: drawbridge:certificates import " + given.get(0) + " FILE"
                        + (directory == null ? "" : " --directory " + directory));
    }

    private View accept(Services services, Identities identities, List<String> given)
            throws CommandException, IOException, Refused {
        String name = given.get(0);
        Path chain = identities.accept(name, Path.of(given.get(1)), directory(services));
        audit(services, "certificate imported", chain, List.of());
        return configured(services, identities, name, chain, trust);
    }

    private View test(Services services, Identities identities, List<String> given)
            throws CommandException, IOException, Refused {
        String name = given.get(0);
        List<String> hosts = given.subList(1, given.size());
        Path certificate = identities.test(name, hosts, directory(services));
        audit(services, "test certificate made", certificate, hosts);
        String authority = certificate.resolveSibling("test-ca.crt").toString();
        return configured(services, identities, name, certificate, trust == null ? authority : trust);
    }

    private static View configured(
            Services services, Identities identities, String name, Path certificate, String anchors)
            throws CommandException, IOException, Refused {
        ConfigurationChanges changes = Parts.changes(services);
        Map<String, Object> values = new HashMap<>();
        values.put("certificate", certificate.toString());
        values.put("key", certificate.resolveSibling(name + ".key").toString());
        if (anchors != null) {
            values.put("trustAnchors", anchors);
        }
        String pid = changes.put(IDENTITY, name, values);
        boolean acts = changes.await(pid, () -> identities.identities().stream()
                .filter(identity -> identity.name().equals(name))
                .anyMatch(identity -> identity.certificate().isPresent()));
        return acts
                ? Done.of(certificate + " is in use.", "Configured in " + pid)
                : Done.of(certificate + " is configured in " + pid + ", but not usable yet: " + why(identities, name));
    }

    private static String why(Identities identities, String name) {
        return identities.identities().stream()
                .filter(identity -> identity.name().equals(name))
                .map(IdentityStatus::why)
                .findFirst()
                .orElse("the identity does not exist");
    }

    private Path directory(Services services) throws CommandException, IOException {
        Path chosen = directory == null
                ? Path.of(
                        services.property("karaf.etc")
                                .orElseThrow(() -> new CommandException("where? Give --directory")),
                        "certificates")
                : Path.of(directory);
        return Files.createDirectories(chosen);
    }

    private static void audit(Services services, String act, Path file, List<String> hosts) {
        List<Change> changes = hosts.isEmpty() ? List.of() : List.of(new Change("hosts", "", String.join(", ", hosts)));
        services.find(AuditTrail.class).ifPresent(trail -> trail.record(act, file.toString(), changes));
    }
}
