// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import java.util.List;

/**
 * What administrators did, newest first.
 *
 * @param entries the entries
 * @param times how to show times
 */
public record AuditView(List<AuditEntry> entries, Times times) implements View {
    @Override
    public String text(int width) {
        if (entries.isEmpty()) {
            return "Nothing was changed since the start.\n";
        }
        Table table = new Table().kept(times.title("WHEN")).wrapped("WHO DID WHAT");
        for (AuditEntry entry : entries) {
            table.row(times.cell(entry.when()), entry.who() + ": " + entry.action() + " " + entry.subject());
            entry.changes().forEach(change -> table.row("", "- " + change(change)));
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return entries;
    }

    private static String change(Change change) {
        if (change.before().isEmpty()) {
            return change.key() + "=" + change.after();
        }
        return change.key() + ": " + change.before() + " → " + (change.after().isEmpty() ? "(none)" : change.after());
    }
}
