package dev.espalier.compute.onednn;

/**
 * A value or gradient that a convolution reads or writes.
 *
 * @param plane its sizes, and how it is cut into tiles
 * @param address where it lies, float32
 */
record WinogradTensor(WinogradPlane plane, long address) {}
