// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JAR File Specification, "Signed JAR File": what the signature of a plug-in says. */
class SignatureTest {
    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void writesAJar() throws Exception {
        jar = TrialJar.write(folder.resolve("trial.jar"));
    }

    @Test
    void aJarWithoutASignatureFileHasNoSigners() throws Exception {
        assertThat(TrialJar.signature(jar).signers()).isEmpty();
        assertThat(TrialJar.signature(jar).flaw()).isEmpty();
    }

    @Test
    void whoSignedAllOfItIsASigner() throws Exception {
        new TrialSigner(folder, "vendor").signs(jar);
        assertThat(TrialJar.signature(jar).signers()).hasSize(1);
        assertThat(TrialJar.signature(jar).flaw()).isEmpty();
    }

    @Test
    void bothWhoSignedItAreSigners() throws Exception {
        new TrialSigner(folder, "vendor").signs(jar);
        new TrialSigner(folder, "auditor").signs(jar);
        assertThat(TrialJar.signature(jar).signers()).hasSize(2);
    }

    @Test
    void contentThatWasChangedAfterwardsIsAFlaw() throws Exception {
        new TrialSigner(folder, "vendor").signs(jar);
        TrialJar.put(jar, "one.txt", "something else");
        assertThat(TrialJar.signature(jar).flaw())
                .hasValueSatisfying(why -> assertThat(why).contains("one.txt"));
    }

    @Test
    void contentThatWasAddedAfterwardsIsAFlaw() throws Exception {
        new TrialSigner(folder, "vendor").signs(jar);
        TrialJar.put(jar, "folder/three.txt", "more");
        assertThat(TrialJar.signature(jar).flaw()).contains("it does not cover folder/three.txt");
    }

    @Test
    void contentThatWasRemovedAfterwardsIsAFlaw() throws Exception {
        new TrialSigner(folder, "vendor").signs(jar);
        TrialJar.remove(jar, "folder/two.txt");
        assertThat(TrialJar.signature(jar).flaw()).contains("it names folder/two.txt, which is not there");
    }

    @Test
    void aManifestThatNoLongerNamesWhatWasRemovedIsAFlaw() throws Exception {
        new TrialSigner(folder, "vendor").signs(jar);
        TrialJar.remove(jar, "folder/two.txt");
        String manifest = TrialJar.get(jar, "META-INF/MANIFEST.MF");
        TrialJar.put(jar, "META-INF/MANIFEST.MF", manifest.replaceAll("Name: folder/two.txt\\R(\\S.*\\R)*\\R", ""));
        assertThat(TrialJar.signature(jar).flaw())
                .hasValueSatisfying(why -> assertThat(why).contains("folder/two.txt"));
    }

    @Test
    void aSignatureFileThatIsNoneIsAFlaw() throws Exception {
        TrialJar.put(jar, "META-INF/VENDOR.SF", "Signature-Version: 1.0\r\n\r\n");
        assertThat(TrialJar.signature(jar).flaw()).isPresent();
    }

    @Test
    void onlyWhatLiesInMetaInfItselfIsASignature() throws Exception {
        TrialJar.put(jar, "META-INF/docs/VENDOR.SF", "a text");
        assertThat(TrialJar.signature(jar)).isEqualTo(new Signature(List.of(), Optional.empty()));
    }
}
