// SPDX-License-Identifier: Apache-2.0
/** What survives a restart: authorizations, aliases, last presence; in an embedded database or in PostgreSQL. */
package io.drawbridge.core.internal.ledger;
