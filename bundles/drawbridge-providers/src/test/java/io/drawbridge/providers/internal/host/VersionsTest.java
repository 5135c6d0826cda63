// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.providers.internal.host.Stage.Happening;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VersionsTest {
    private final Map<String, Stage> kept = new HashMap<>();
    private final Versions versions = restarted();
    private final Offer old = offer("1.0.0");
    private final Offer newer = offer("1.10.0");

    private Versions restarted() {
        return new Versions(new Versions.Store() {
            @Override
            public Map<String, Stage> read() {
                return Map.copyOf(kept);
            }

            @Override
            public void write(Map<String, Stage> decided) {
                kept.clear();
                kept.putAll(decided);
            }
        });
    }

    private static Offer offer(String version) {
        return offer("vendor.bundle", version);
    }

    private static Offer offer(String bundle, String version) {
        Vendor vendor = new Vendor();
        return new Offer(vendor, vendor.description, Optional.empty(), bundle, version);
    }

    @Test
    void whoComesFirstServesAndANewerOneIsTriedOnlyIfAShareIsConfigured() {
        versions.came(old);
        versions.came(newer);
        versions.settle(false);
        assertThat(versions.serving()).contains(old);
        assertThat(versions.onTrial()).isEmpty();
        versions.settle(true);
        assertThat(versions.onTrial()).contains(newer);
        versions.settle(false);
        assertThat(versions.in(Stage.WAITS)).containsExactly(newer);
    }

    @Test
    void neitherAnOlderVersionNorAnotherVendorsBundleIsTried() {
        versions.came(newer);
        versions.came(old);
        versions.came(offer("other.bundle", "9.0.0"));
        versions.settle(true);
        assertThat(versions.onTrial()).isEmpty();
        assertThat(versions.serving()).contains(newer);
    }

    @Test
    void ofSeveralNewerVersionsTheNewestIsTriedByNumberAndNotByLetter() {
        versions.came(old);
        versions.came(newer);
        versions.came(offer("1.9.0"));
        versions.settle(true);
        assertThat(versions.onTrial()).contains(newer);
    }

    /** OSGi Core 8, section 3.2.5: qualifiers are compared as strings, and any is newer than none. */
    @Test
    void qualifiersAreOrderedAsTheContainerOrdersThem() {
        Offer served = offer("1.1.0.b9");
        versions.came(served);
        versions.came(offer("1.1.0.b10"));
        versions.settle(true);
        assertThat(versions.onTrial()).isEmpty();
        Offer later = offer("1.1.0.rc-1");
        versions.came(later);
        versions.settle(true);
        assertThat(versions.onTrial()).contains(later);
    }

    @Test
    void afterARestartTheVersionThatServedTakesItsPlaceHoweverTheBundlesStart() {
        versions.came(old);
        versions.remember();
        Versions again = restarted();
        again.came(newer);
        assertThat(again.serving()).contains(newer);
        again.came(old);
        assertThat(again.serving()).contains(old);
        again.settle(true);
        assertThat(again.onTrial()).contains(newer);
    }

    @Test
    void aVersionThatWasTakenBackIsNotTriedAgainAfterARestartButMayBePromoted() {
        versions.came(old);
        versions.remember();
        versions.came(newer);
        versions.settle(true);
        versions.happened(newer, Happening.EXCEEDED);
        Versions again = restarted();
        again.came(newer);
        again.came(old);
        again.settle(true);
        assertThat(again.onTrial()).isEmpty();
        assertThat(again.in(Stage.TAKEN_BACK)).containsExactly(newer);
        again.happened(again.challenger().orElseThrow(), Happening.PROMOTED);
        assertThat(again.serving()).contains(newer);
        assertThat(again.in(Stage.WAITS)).containsExactly(old);
    }

    @Test
    void whatWasDecidedAboutAVersionSaysNothingOfAnotherVendorsBundleWithTheSameNumber() {
        versions.came(old);
        versions.came(newer);
        versions.settle(true);
        versions.happened(newer, Happening.EXCEEDED);
        Offer other = offer("other.bundle", newer.version());
        versions.came(other);
        assertThat(versions.in(Stage.WAITS)).containsExactly(other);
    }

    @Test
    void byHandAVersionThatWaitsTakesThePlaceOfTheOneThatServesAndGivesItBack() {
        versions.came(old);
        versions.came(newer);
        versions.happened(versions.challenger().orElseThrow(), Happening.PROMOTED);
        assertThat(versions.serving()).contains(newer);
        versions.happened(versions.challenger().orElseThrow(), Happening.PROMOTED);
        assertThat(versions.serving()).contains(old);
        versions.happened(versions.challenger().orElseThrow(), Happening.PROMOTED);
        assertThat(versions.serving()).contains(newer);
    }

    private void swap() {
        versions.happened(versions.challenger().orElseThrow(), Happening.PROMOTED);
    }

    @Test
    void whoGoesBackToAnOlderVersionHasTakenTheNewerOneBackAlsoAfterARestart() {
        versions.came(old);
        versions.came(newer);
        swap();
        swap();
        versions.settle(true);
        assertThat(versions.serving()).contains(old);
        assertThat(versions.onTrial()).isEmpty();
        assertThat(versions.in(Stage.TAKEN_BACK)).containsExactly(newer);
        Versions again = restarted();
        again.came(newer);
        again.came(old);
        again.settle(true);
        assertThat(again.serving()).contains(old);
        assertThat(again.onTrial()).isEmpty();
    }

    @Test
    void ofThreeVersionsASecondSwapBringsBackTheOneThatServedBefore() {
        Offer between = offer("1.5.0");
        versions.came(old);
        versions.came(between);
        versions.came(newer);
        swap();
        assertThat(versions.serving()).contains(newer);
        swap();
        assertThat(versions.serving()).contains(old);
        versions.settle(true);
        assertThat(versions.onTrial())
                .as("neither newer one, which he has left")
                .isEmpty();
        swap();
        assertThat(versions.serving()).contains(newer);
        Offer newest = offer("2.0.0");
        versions.came(newest);
        versions.settle(true);
        assertThat(versions.onTrial()).contains(newest);
    }

    @Test
    void whoGoesForwardHasNotJudgedWhatIsNewerStill() {
        versions.came(old);
        versions.came(newer);
        versions.settle(true);
        Offer newest = offer("2.0.0");
        versions.came(newest);
        swap();
        assertThat(versions.serving()).contains(newer);
        versions.settle(true);
        assertThat(versions.onTrial()).contains(newest);
    }

    @Test
    void whatComesAfterASwapIsWhatTheNextSwapIsAbout() {
        versions.came(old);
        versions.came(newer);
        versions.happened(newer, Happening.PROMOTED);
        Offer newest = offer("2.0.0");
        versions.came(newest);
        swap();
        assertThat(versions.serving()).contains(newest);
    }

    @Test
    void aPromotedVersionStaysPromotedAfterARestart() {
        versions.came(old);
        versions.remember();
        versions.came(newer);
        versions.settle(true);
        versions.happened(newer, Happening.PASSED);
        Versions again = restarted();
        again.came(old);
        again.came(newer);
        assertThat(again.serving()).contains(newer);
        again.settle(true);
        assertThat(again.onTrial()).isEmpty();
    }

    @Test
    void whenTheOneThatServesLeavesTheOneOnTrialTakesItsPlace() {
        Offer waiting = offer("other.bundle", "3.0.0");
        versions.came(old);
        versions.came(waiting);
        versions.came(newer);
        versions.settle(true);
        versions.left(old);
        assertThat(versions.serving()).contains(newer);
        versions.left(newer);
        assertThat(versions.serving()).contains(waiting);
        versions.left(waiting);
        assertThat(versions.serving()).isEmpty();
    }

    @Test
    void whenTheOneThatServesLeavesOneThatWasTakenBackComesLast() {
        Offer waiting = offer("1.9.0");
        versions.came(old);
        versions.came(newer);
        versions.settle(true);
        versions.happened(newer, Happening.EXCEEDED);
        versions.came(waiting);
        versions.left(old);
        assertThat(versions.serving()).contains(waiting);
        versions.left(waiting);
        assertThat(versions.serving()).contains(newer);
    }

    @Test
    void whenTheOneThatServesLeavesItsVendorsNewestComesBeforeAnotherVendors() {
        versions.came(old);
        versions.came(offer("other.bundle", "3.0.0"));
        versions.came(offer("1.9.0"));
        versions.came(newer);
        versions.left(old);
        assertThat(versions.serving()).contains(newer);
    }

    @Test
    void whenTheOneThatServesLeavesTheOneThatServedBeforeComesBeforeOneThatNeverDid() {
        versions.came(old);
        versions.came(offer("1.9.0"));
        versions.came(newer);
        swap();
        versions.left(newer);
        assertThat(versions.serving()).contains(old);
    }

    @Test
    void aVersionThatWasTakenBackAndServesSinceThereIsNoOtherIsNotDecidedByThat() {
        versions.came(old);
        versions.remember();
        versions.came(newer);
        versions.settle(true);
        versions.happened(newer, Happening.EXCEEDED);
        versions.left(old);
        assertThat(versions.serving()).contains(newer);
        versions.remember();
        versions.came(old);
        assertThat(versions.serving()).contains(old);
        assertThat(versions.in(Stage.TAKEN_BACK)).containsExactly(newer);
        Versions again = restarted();
        again.came(newer);
        again.came(old);
        assertThat(again.serving()).contains(old);
        assertThat(again.in(Stage.TAKEN_BACK)).containsExactly(newer);
    }

    @Test
    void whoServedOnlyUntilTheBundlesHadStartedIsNotWhatASwapGoesBackTo() {
        Offer between = offer("1.5.0");
        versions.came(between);
        versions.remember();
        Versions again = restarted();
        again.came(old);
        again.came(newer);
        again.came(between);
        assertThat(again.serving()).contains(between);
        assertThat(again.challenger()).contains(newer);
    }

    @Test
    void ofVersionsThatWereTakenBackTheNewestTwentyOfEachBundleAreRemembered() {
        takenBackAndGone("other.bundle", 1);
        takenBackAndGone("vendor.bundle", 30);
        assertThat(kept.keySet().stream().filter(key -> key.startsWith("vendor.bundle/")))
                .hasSize(20)
                .contains("vendor.bundle/2.30.0", "vendor.bundle/2.11.0");
        assertThat(kept).containsEntry("other.bundle/2.1.0", Stage.TAKEN_BACK);
    }

    private void takenBackAndGone(String bundle, int many) {
        Offer first = offer(bundle, "1.0.0");
        versions.came(first);
        for (int i = 1; i <= many; i++) {
            Offer bad = offer(bundle, "2." + i + ".0");
            versions.came(bad);
            versions.settle(true);
            versions.happened(bad, Happening.EXCEEDED);
            versions.left(bad);
        }
        versions.left(first);
    }
}
