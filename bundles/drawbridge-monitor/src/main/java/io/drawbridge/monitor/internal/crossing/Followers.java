// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.crossing;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import io.drawbridge.api.crossing.CrossingTrace.Following;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to be told of crossings as they finish. Costs nothing while nobody does. */
public final class Followers {
    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    /** Tells {@code told} of matching crossings until the result is closed. */
    public Following add(Filter filter, Consumer<Crossing> told) {
        Follower follower = new Follower(filter, told);
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** Tells everybody whom this crossing concerns. */
    public void tell(Crossing crossing) {
        for (Follower follower : followers) {
            if (Selection.holds(follower.filter, crossing)) {
                follower.told.accept(crossing);
            }
        }
    }

    /** Not a record: two of the same shape are still two. */
    private static final class Follower {
        private final Filter filter;
        private final Consumer<Crossing> told;

        Follower(Filter filter, Consumer<Crossing> told) {
            this.filter = filter;
            this.told = told;
        }
    }
}
