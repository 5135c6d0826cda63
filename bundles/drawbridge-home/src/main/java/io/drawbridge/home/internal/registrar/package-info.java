// SPDX-License-Identifier: Apache-2.0
/** Who may register, and with what proof. */
package io.drawbridge.home.internal.registrar;
