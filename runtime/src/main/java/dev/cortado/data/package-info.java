/**
 * Data to learn from: data sets over arrays and files, splits, standardisation, batches,
 * augmentation.
 *
 * <p>A {@link dev.cortado.data.Dataset} answers "give me sample 17"; {@link
 * dev.cortado.data.Batches} turns it into shuffled batches whose order is a function of the seed
 * and the epoch alone.
 */
@NullMarked
package dev.cortado.data;

import org.jspecify.annotations.NullMarked;
