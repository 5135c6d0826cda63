// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.home;

import io.drawbridge.api.model.Address;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The durable record of whom users of the embedded home have let see their presence, and of who waits for their word. The service is there while the record
 * can be asked; another record comes as another service. Thread-safe, never blocks.
 */
@ProviderType
public interface Consents {
    /** Returns whether {@code user} has let {@code watcher} see him; both folded. */
    boolean holds(Address user, Address watcher);

    /**
     * Keeps that {@code user} lets {@code watcher} see him; both folded.
     *
     * @return completes once it survives the death of the process, and {@link #holds} tells of it from then on;
     *     exceptionally if it was not kept, because it could not be or because the user has too many. On any thread
     */
    CompletionStage<Void> give(Address user, Address watcher);

    /**
     * Forgets all that {@code user}, folded, has agreed to or was asked.
     *
     * @return completes once that survives the death of the process; exceptionally if it does not. On any thread
     */
    CompletionStage<Void> forget(Address user);

    /** Returns the questions that wait, those asked first before the others. */
    List<Question> questions();

    /**
     * Keeps a question, in place of another of the same watcher to the same user. Of each user's questions the newest hundred
     * are kept. What was asked in the last second before the death of the process may be lost.
     */
    void ask(Question question);

    /** Forgets a question to {@code user}, which was answered or given up; both folded. As late as {@link #ask}. */
    void settle(Address user, Address watcher);
}
