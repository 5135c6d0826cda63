// SPDX-License-Identifier: Apache-2.0
/** What Smack and jxmpp must be told, or are spared, before their first use. */
package io.drawbridge.lib.smack;
