// What a vendor hands to an administrator: the bundle, its feature, and both in one archive.
def target = new File(basedir, "project/parrot-provider/target")
assert new File(target, "parrot-provider-1.0.0.jar").exists()
def archive = new java.util.zip.ZipFile(new File(target, "parrot-provider-1.0.0.kar"))
def entries = archive.entries().collect { it.name }
assert entries.any { it.endsWith("parrot-provider-1.0.0.jar") }
assert entries.any { it.endsWith("features.xml") }
assert entries.findAll { it.endsWith(".jar") || it.endsWith(".class") }.size() == 1 : "the appliance has all else"

// Every contract is kept, and the project shows how each is played that its network can play.
def suites = new File(target, "surefire-reports").listFiles()
        .findAll { it.name.endsWith(".xml") }
        .collect { new groovy.xml.XmlSlurper().parse(it) }
assert suites.sum { it.@tests.toInteger() } > 40
def skipped = suites.collectMany { suite -> suite.testcase.findAll { !it.skipped.isEmpty() }.collect { it.@name.text() } }
assert skipped as Set == ["whoWatchesIsTold", "whatIsShownIsSeen"] as Set : "a network without presence"
