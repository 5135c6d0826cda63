// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.core.internal.policy.TranslatedPartner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One public provider, as its host offers it: only the host knows the keys of the plug-in beside those that policy needs.
 *
 * @param provider what the host read
 */
record PublicProviderEntry(PublicProvider provider) implements Entry {
    static final String PID = "io.drawbridge.provider";

    private static final String OFFERED = "provider";

    /** Returns what stands for an offered provider among the properties of PIDs. */
    static Map<String, Object> offered(PublicProvider provider) {
        return Map.of(OFFERED, provider);
    }

    static Reading read(String pid, Map<String, ?> properties) {
        PublicProvider provider = (PublicProvider) properties.get(OFFERED);
        return new Reading(Optional.of(new PublicProviderEntry(provider)), List.of(), List.of());
    }

    @Override
    public String pid() {
        return provider.pid();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        for (DomainName domain : provider.domains()) {
            draft.objectionToTranslating(domain).ifPresent(rule -> flaws.add("domains", domain.value(), rule));
        }
    }

    @Override
    public void enter(Draft draft) {
        TranslatedPartner translated = TranslatedPartner.of(provider);
        for (DomainName domain : provider.domains()) {
            if (draft.objectionToTranslating(domain).isEmpty()) {
                draft.translated.put(domain, translated);
            }
        }
    }
}
