// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import static io.drawbridge.core.internal.Peers.dns;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.WatchedPeer.Throttling;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The watch list is bounded, and being pushed out of it is no way out of a limit. */
final class WatchListTest {
    private static final Limits LIMITS = new Limits(20, 5, Duration.ofMinutes(60), 10, 20);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final WatchList list = new WatchList(now);

    @Test
    void aThousandStrangersDoNotMakeItLonger() {
        for (int i = 0; i < 1000; i++) {
            meet("peer" + i, 1);
        }
        assertThat(list.size()).isLessThanOrEqualTo(LIMITS.watched());
    }

    @Test
    void thoseWithTheFewestContactsMakeRoomAndTheOthersKeepTheirCount() {
        Watch nearLimit = meet("near-limit", 4);
        Watch exhausted = meet("exhausted", 5);
        Watch suspicious = meet("suspicious", 1);
        for (int i = 0; i < 50; i++) {
            suspicious.answered(false);
        }
        now = now.plus(Duration.ofHours(1));
        for (int i = 0; i < 500; i++) {
            meet("stranger" + i, 1);
        }
        assertThat(list.known("fingerprint of near-limit")).isSameAs(nearLimit);
        assertThat(list.known("fingerprint of exhausted")).isSameAs(exhausted);
        assertThat(list.known("fingerprint of suspicious")).isSameAs(suspicious);
        assertThat(list.size()).isLessThanOrEqualTo(LIMITS.watched());
    }

    @Test
    void whoWasSilentForThirtyDaysIsForgottenWhenRoomIsNeeded() {
        for (int i = 0; i < LIMITS.watched(); i++) {
            meet("exhausted" + i, 5);
        }
        now = now.plus(Duration.ofDays(31));
        Watch stranger = meet("stranger", 1);
        assertThat(list.known("fingerprint of stranger")).isSameAs(stranger);
    }

    @Test
    void whenEverybodyIsUnderALimitNewcomersShareOneRate() {
        for (int i = 0; i < LIMITS.watched(); i++) {
            meet("exhausted" + i, 5);
        }
        Watch first = meet("first", 0);
        Watch second = meet("second", 0);
        assertThat(second).isSameAs(first);
        assertThat(list.size()).isEqualTo(LIMITS.watched());
        assertThat(list.known("fingerprint of exhausted0").throttling(LIMITS)).isEqualTo(Throttling.CONTACTS_EXHAUSTED);
    }

    @Test
    void contactsAreCountedOnceEach() {
        ContactSet contacts = new ContactSet();
        for (int i = 0; i < 1000; i++) {
            contacts.add(digest(i));
            contacts.add(digest(i));
        }
        assertThat(contacts.size()).isEqualTo(1000);
        assertThat(contacts.contains(digest(7))).isTrue();
        assertThat(contacts.contains(digest(1000))).isFalse();
    }

    /** Spread over all 64 bits, and zero among them. */
    private static long digest(int i) {
        return Long.reverse(i) ^ i;
    }

    private Watch meet(String name, int contacts) {
        Watch watch = list.on(dns(name), now, LIMITS);
        for (int i = 0; i < contacts; i++) {
            now = now.plus(Duration.ofMillis(100));
            watch.admit(DomainName.of("fabrikam.example"), i + 1, now, LIMITS);
        }
        return watch;
    }
}
