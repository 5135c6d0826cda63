// SPDX-License-Identifier: Apache-2.0
/** The presence agent: publications, subscriptions and the documents between them (RFC 3856, 3903, 6665, 3863, 4480). */
package io.drawbridge.home.internal.presence;
