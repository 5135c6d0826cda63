// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.crossing.CrossingTrace;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import io.drawbridge.api.model.Address;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes addresses that were seen lately. */
@Service
public final class AddressWords extends TrailingWords {
    private static final int LOOKED_AT = 1000;

    @Override
    Class<? extends EdgeCommand> command() {
        return WhyCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        return services.find(CrossingTrace.class)
                .map(trace -> trace.last(Filter.ANY, LOOKED_AT).stream()
                        .flatMap(crossing -> Stream.of(crossing.sender(), crossing.recipient()))
                        .map(Address::toString)
                        .distinct()
                        .toList())
                .orElse(List.of());
    }
}
