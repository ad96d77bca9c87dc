/**
 * Devices that TornadoVM offers, for networks that run on them ({@code XTornadoNetwork}). Names no
 * class of TornadoVM, and works without it up to the moment a device is asked for.
 */
@NullMarked
package dev.cortado.tornado;

import org.jspecify.annotations.NullMarked;
