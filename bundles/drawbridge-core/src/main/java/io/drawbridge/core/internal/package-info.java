/** The core as a component: what it offers, and how its parts are put together. */
package io.drawbridge.core.internal;
