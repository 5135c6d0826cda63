// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.Provider;
import io.drawbridge.providers.internal.admission.ImportRule;
import io.drawbridge.providers.internal.admission.ManifestHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is packed into the bundle. */
abstract class BundleClauses extends Clauses<Contract> {
    private static final Set<String> OURS = Set.of("io.drawbridge.api.model", "io.drawbridge.api.provider");
    private static final String SERVICE = "io.drawbridge.api.provider.Provider";
    private static final Set<String> PLATFORM = ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getPackages().stream().filter(module::isExported))
            .collect(Collectors.toSet());

    BundleClauses(Contract vendor) {
        super(vendor);
    }

    @Test
    @Clause(
            rule = "A vendor's bundle imports io.drawbridge.api.model and io.drawbridge.api.provider of Drawbridge, and"
                    + " nothing else of it",
            written = Provider.class,
            remedy = "use the two packages only: everything else may change with any version")
    void itUsesNothingElseOfDrawbridge() throws IOException {
        Optional<String> violation = ImportRule.violation(headers());
        Finding.unless(violation.isEmpty(), "%s", violation.orElse(""));
    }

    @Test
    @Clause(
            rule = "The bundle says which versions of the contract it works with",
            written = Provider.class,
            remedy =
                    "let bnd write the imports: it takes a range from the version of the package that was compiled against")
    void itSaysWhichVersionsItWorksWith() throws IOException {
        Map<String, ManifestHeader.Clause> imports = imports();
        Finding.unless(
                imports.containsKey("io.drawbridge.api.provider"), "it does not import io.drawbridge.api.provider");
        OURS.stream().filter(imports::containsKey).forEach(name -> {
            String range = imports.get(name).attributes().getOrDefault("version", "");
            Finding.unless(
                    range.matches("\\[[0-9.]+,[0-9.]+\\)"),
                    "the import of %s has no range of versions: '%s'",
                    name,
                    range);
        });
    }

    @Test
    @Clause(
            rule = "What a bundle needs besides it brings along",
            written = Provider.class,
            remedy =
                    "pack libraries into the bundle (-includeresource in bnd.bnd), or name in packagesOfItsFeature() what"
                            + " other bundles of your feature export")
    void itBringsItsLibrariesAlong() throws IOException {
        List<String> strangers = imports().entrySet().stream()
                .filter(entry -> !entry.getValue().isOptional())
                .map(Map.Entry::getKey)
                .filter(name -> !name.startsWith("io.drawbridge.") && !name.startsWith("java."))
                .filter(name -> !name.startsWith("org.osgi.") && !name.equals("org.slf4j"))
                .filter(name -> !PLATFORM.contains(name) && !contents().contains(name))
                .filter(name -> !vendor().packagesOfItsFeature().contains(name))
                .toList();
        Finding.unless(strangers.isEmpty(), "it imports %s, which an appliance need not have", strangers);
    }

    @Test
    @Clause(
            rule = "The bundle registers its provider as a service of the type Provider",
            written = Provider.class,
            remedy = "annotate the class with @Component(service = Provider.class)")
    void itRegistersAProvider() throws IOException {
        Finding.unless(
                header("Provide-Capability").contains(SERVICE)
                        || !header("Bundle-Activator").isEmpty(),
                "neither a component nor an activator does that");
    }

    @Test
    @Clause(
            rule = "The contract is not packed into the bundle",
            written = Provider.class,
            remedy = "depend on drawbridge-api with scope provided; with a copy of its own Drawbridge does not know the"
                    + " provider for one")
    void itDoesNotBringTheContract() {
        List<String> packed = contents().stream().filter(OURS::contains).toList();
        Finding.unless(packed.isEmpty(), "it holds %s", packed);
    }

    private Map<String, ManifestHeader.Clause> imports() throws IOException {
        return ManifestHeader.clauses(header("Import-Package"));
    }

    private String header(String name) throws IOException {
        return headers().getOrDefault(name, "");
    }

    private Map<String, String> headers() throws IOException {
        Path bundle = vendor().bundle();
        Manifest manifest = new Manifest();
        if (Files.isDirectory(bundle)) {
            Path file = bundle.resolve(JarFile.MANIFEST_NAME);
            Finding.unless(
                    Files.exists(file),
                    "%s does not exist: it must be written before the tests run, by the goal bnd-process",
                    file);
            try (var in = Files.newInputStream(file)) {
                manifest.read(in);
            }
        } else {
            try (JarFile jar = new JarFile(bundle.toFile())) {
                manifest = jar.getManifest();
            }
        }
        Map<String, String> headers = new HashMap<>();
        manifest.getMainAttributes().forEach((key, value) -> headers.put(key.toString(), value.toString()));
        return headers;
    }

    /** Returns the packages that the bundle holds. */
    private Set<String> contents() {
        Path bundle = vendor().bundle();
        try {
            if (!Files.isDirectory(bundle)) {
                try (JarFile jar = new JarFile(bundle.toFile())) {
                    return jar.stream().map(entry -> packageOf(entry.getName())).collect(Collectors.toSet());
                }
            }
            try (Stream<Path> files = Files.walk(bundle)) {
                return files.map(file -> packageOf(bundle.relativize(file).toString()))
                        .collect(Collectors.toSet());
            }
        } catch (IOException unreadable) {
            throw new Finding("the bundle " + bundle + " cannot be read", unreadable);
        }
    }

    private static String packageOf(String path) {
        int end = path.lastIndexOf('/');
        return path.endsWith(".class") && end > 0 ? path.substring(0, end).replace('/', '.') : "";
    }
}
