// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;

/** The algorithm of RFC 2782, "The format of the SRV RR", Weight. */
class SrvOrderTest {
    private final SrvOrder order = new SrvOrder(new Random(42));

    @Test
    void prioritiesAreNeverMixed() {
        List<SRVRecord> records = List.of(srv(20, 1000, "c"), srv(10, 0, "a"), srv(10, 5, "b"), srv(30, 0, "d"));
        for (int i = 0; i < 200; i++) {
            assertThat(order.draw(records)).extracting(SRVRecord::getPriority).containsExactly(10, 10, 20, 30);
        }
    }

    @Test
    void largerWeightsAreChosenProportionallyMoreOften() {
        List<SRVRecord> records = List.of(srv(0, 75, "heavy"), srv(0, 25, "light"));
        int heavyFirst = 0;
        for (int i = 0; i < 10_000; i++) {
            heavyFirst += order.draw(records).get(0).getWeight() == 75 ? 1 : 0;
        }
        assertThat(heavyFirst).isBetween(7200, 7800);
    }

    /** "In the presence of records containing weights greater than 0, records with weight 0 should have a very small
     * chance of being selected." */
    @Test
    void weightZeroHasAVerySmallChance() {
        List<SRVRecord> records = List.of(srv(0, 99, "heavy"), srv(0, 0, "zero"));
        int zeroFirst = 0;
        for (int i = 0; i < 10_000; i++) {
            zeroFirst += order.draw(records).get(0).getWeight() == 0 ? 1 : 0;
        }
        assertThat(zeroFirst).isBetween(20, 250);
    }

    @Test
    void theLargestWeightsDoNotOverflow() {
        List<SRVRecord> records = java.util.Collections.nCopies(64, srv(0, 65_535, "x"));
        assertThat(order.draw(records)).hasSize(64);
    }

    private static SRVRecord srv(int priority, int weight, String target) {
        Name name = Name.fromConstantString("_sipfederationtls._tcp.example.");
        return new SRVRecord(
                name, DClass.IN, 60, priority, weight, 5061, Name.fromConstantString(target + ".example."));
    }
}
