// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

/** Whether the messages of each conversation arrive in the order they were sent, and how long none arrived. Single thread. */
final class Order {
    private final int conversations;
    private final int[] last;
    private long violations;
    private long latest;
    private long longestPause;

    Order(int conversations) {
        this.conversations = conversations;
        last = new int[conversations];
    }

    /** Notes that the message of a number came. */
    void arrived(int number, long nanos) {
        int conversation = LoadMessage.sender(number, conversations);
        if (number < last[conversation]) {
            violations++;
        }
        last[conversation] = Math.max(last[conversation], number);
        if (latest != 0) {
            longestPause = Math.max(longestPause, nanos - latest);
        }
        latest = nanos;
    }

    /** Returns how many came after a later one of the same conversation. */
    long violations() {
        return violations;
    }

    /** Returns the longest time without an arrival since this was asked last, and begins anew. */
    long takeLongestPause(long nanos) {
        long longest = latest == 0 ? 0 : Math.max(longestPause, nanos - latest);
        longestPause = 0;
        return longest;
    }

    /** Nothing is sent from now on: what comes next begins a new count of pauses. */
    void rest() {
        latest = 0;
        longestPause = 0;
    }
}
