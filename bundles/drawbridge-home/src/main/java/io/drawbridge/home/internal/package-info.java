// SPDX-License-Identifier: Apache-2.0
/** The embedded home: its wiring, its thread, and what decides who processes a request. */
package io.drawbridge.home.internal;
