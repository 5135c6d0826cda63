// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;
