// SPDX-License-Identifier: Apache-2.0
/** Finding out why stanzas pass or not, by doing what traffic would do. */
package io.drawbridge.xmpp.internal.diagnosis;
