// SPDX-License-Identifier: Apache-2.0
/** Finding out why a message passes or not, by doing what traffic would do. */
package io.drawbridge.sip.internal.diagnosis;
