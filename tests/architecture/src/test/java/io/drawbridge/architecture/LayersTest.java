// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, and which library belongs to which bundle (architecture.md section 2). */
final class LayersTest {
    private static final String API = "io.drawbridge.api..";
    private static final String CORE = "io.drawbridge.core..";
    private static final String NET = "io.drawbridge.net..";
    private static final String SIP = "io.drawbridge.sip..";
    private static final String XMPP = "io.drawbridge.xmpp..";
    private static final String PROVIDERS = "io.drawbridge.providers..";
    private static final String PLUGINS = "io.drawbridge.provider..";
    private static final String IRC = "io.drawbridge.provider.irc..";
    private static final String HOME = "io.drawbridge.home..";
    private static final String MONITOR = "io.drawbridge.monitor..";
    private static final String CONSOLE = "io.drawbridge.console..";
    private static final String SMACK_GLUE = "io.drawbridge.lib.smack..";
    private static final String JAIN_SIP_GLUE = "io.drawbridge.lib.jainsip..";

    @Test
    void theApiDependsOnNobody() {
        ours(API).onlyOn(API).check(Product.CLASSES);
    }

    @Test
    void coreDependsOnTheApiOnly() {
        ours(CORE).onlyOn(CORE, API).check(Product.CLASSES);
    }

    @Test
    void netDependsOnTheApiOnly() {
        ours(NET).onlyOn(NET, API).check(Product.CLASSES);
    }

    @Test
    void sipDependsOnTheApiNetAndItsLibrary() {
        ours(SIP).onlyOn(SIP, API, NET, JAIN_SIP_GLUE).check(Product.CLASSES);
    }

    @Test
    void xmppDependsOnTheApiNetAndItsLibrary() {
        ours(XMPP).onlyOn(XMPP, API, NET, SMACK_GLUE).check(Product.CLASSES);
    }

    @Test
    void theHostOfProvidersDependsOnTheApiOnly() {
        ours(PROVIDERS).onlyOn(PROVIDERS, API).check(Product.CLASSES);
    }

    @Test
    void aProviderDependsOnTheModelAndTheContractOnly() {
        ours(PLUGINS)
                .onlyOn(PLUGINS, "io.drawbridge.api.model", "io.drawbridge.api.provider")
                .check(Product.CLASSES);
    }

    @Test
    void homeDependsOnTheApiAndItsLibrary() {
        ours(HOME).onlyOn(HOME, API, JAIN_SIP_GLUE).check(Product.CLASSES);
    }

    @Test
    void monitorDependsOnTheApiOnly() {
        ours(MONITOR).onlyOn(MONITOR, API).check(Product.CLASSES);
    }

    @Test
    void consoleDependsOnTheApiOnly() {
        ours(CONSOLE).onlyOn(CONSOLE, API).check(Product.CLASSES);
    }

    @Test
    void nettyBelongsToNetAndTheProtocols() {
        library("io.netty..").onlyIn(NET, SIP, XMPP, IRC).check(Product.CLASSES);
    }

    @Test
    void theStreamTokenizerBelongsToXmpp() {
        library("com.fasterxml.aalto..", "org.codehaus.stax2..").onlyIn(XMPP).check(Product.CLASSES);
    }

    @Test
    void dnsjavaBelongsToNet() {
        library("org.xbill..").onlyIn(NET).check(Product.CLASSES);
    }

    @Test
    void bouncyCastleBelongsToNet() {
        library("org.bouncycastle..").onlyIn(NET).check(Product.CLASSES);
    }

    @Test
    void cachesAndBucketsBelongToCore() {
        library("com.github.benmanes.caffeine..", "io.github.bucket4j..")
                .onlyIn(CORE)
                .check(Product.CLASSES);
    }

    @Test
    void jainSipBelongsToTheUserAgents() {
        library("javax.sip..", "gov.nist..").onlyIn(HOME, SIP, JAIN_SIP_GLUE).check(Product.CLASSES);
    }

    @Test
    void smackBelongsToXmpp() {
        library("org.jivesoftware..", "org.jxmpp..", "rocks.xmpp..")
                .onlyIn(XMPP, SMACK_GLUE)
                .check(Product.CLASSES);
    }

    @Test
    void prometheusBelongsToMonitor() {
        library("io.prometheus..").onlyIn(MONITOR).check(Product.CLASSES);
    }

    @Test
    void healthChecksBelongToMonitor() {
        library("org.apache.felix.hc..").onlyIn(MONITOR).check(Product.CLASSES);
    }

    @Test
    void databasesBelongToCore() {
        library("java.sql..", "org.h2..", "org.postgresql..").onlyIn(CORE).check(Product.CLASSES);
    }

    @Test
    void theShellBelongsToConsole() {
        library("org.apache.karaf.shell..").onlyIn(CONSOLE).check(Product.CLASSES);
    }

    @Test
    void featuresBelongToConsoleAndMonitor() {
        library("org.apache.karaf.features..").onlyIn(CONSOLE, MONITOR).check(Product.CLASSES);
    }

    @Test
    void whatIsNotPromisedIsInternal() {
        classes()
                .that()
                .resideInAnyPackage(CORE, SIP, XMPP, PROVIDERS, HOME, MONITOR, CONSOLE)
                .should()
                .resideInAPackage("..internal..")
                .because("only api and net export packages")
                .check(Product.CLASSES);
    }

    @Test
    void netPromisesConnectionsAndDnsOnly() {
        classes()
                .that()
                .resideInAPackage(NET)
                .should()
                .resideInAnyPackage(
                        "io.drawbridge.net.internal..", "io.drawbridge.net.connection", "io.drawbridge.net.dns")
                .check(Product.CLASSES);
    }

    @Test
    void codecsKnowNeitherTheContainerNorTheModel() {
        noClasses()
                .that()
                .resideInAPackage("..internal.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.osgi..", "io.drawbridge.api.policy..", "io.drawbridge.api.configuration..")
                .check(Product.CLASSES);
    }

    @Test
    void policyIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.drawbridge.core.internal.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio..", "java.io..", "java.util.concurrent.locks..", "org.osgi.service..")
                .because("a verdict is a function of the envelope and the snapshot")
                .check(Product.CLASSES);
    }

    private static Ours ours(String packages) {
        return allowed -> noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours and none of " + String.join(", ", allowed),
                        type -> isOurs(type) && !in(type, allowed)));
    }

    private static Library library(String... packages) {
        return allowed -> noClasses()
                .that()
                .resideInAPackage("io.drawbridge..")
                .and()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("io.drawbridge.");
    }

    private static boolean in(JavaClass type, String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages).test(type);
    }

    /** What a bundle may use of the others. */
    @FunctionalInterface
    private interface Ours {
        ArchRule onlyOn(String... allowed);
    }

    /** Where a library may be used. */
    @FunctionalInterface
    private interface Library {
        ArchRule onlyIn(String... allowed);
    }
}
