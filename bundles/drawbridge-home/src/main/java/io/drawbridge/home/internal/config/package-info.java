// SPDX-License-Identifier: Apache-2.0
/** The settings of the home. */
package io.drawbridge.home.internal.config;
