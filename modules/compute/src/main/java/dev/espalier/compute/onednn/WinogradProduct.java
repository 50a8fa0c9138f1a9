package dev.espalier.compute.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;

/**
 * The product of two matrices at every point of a tile, by one thread: (points, rows, inner) by
 * (points, inner, columns) gives (points, rows, columns).
 */
final class WinogradProduct {
  private final Device device;
  private final memory.desc left;
  private final memory.desc right;
  private final memory.desc result;
  private final memory.desc scratch;
  private final matmul product;

  private WinogradProduct(
      Device device, memory.desc left, memory.desc right, memory.desc result, boolean adds) {
    this.device = device;
    this.left = device.own(left);
    this.right = device.own(right);
    this.result = device.own(result);
    int threads = OpenMp.threads();
    OpenMp.useThreads(1); // oneDNN cuts the work for as many as there are when it is planned
    try {
      var desc =
          device.own(
              new matmul.primitive_desc(
                  device.engine(),
                  left,
                  right,
                  result,
                  adds ? device.sum() : device.plain(),
                  false));
      this.scratch = device.own(desc.scratchpad_desc());
      this.product = device.own(new matmul(desc));
    } finally {
      OpenMp.useThreads(threads);
    }
  }

  /** The product itself. */
  static WinogradProduct of(
      Device device, memory.desc left, memory.desc right, memory.desc result) {
    return new WinogradProduct(device, left, right, result, false);
  }

  /** The product, added to what is there. */
  static WinogradProduct adding(
      Device device, memory.desc left, memory.desc right, memory.desc result) {
    return new WinogradProduct(device, left, right, result, true);
  }

  /** The bytes that a thread needs beside the matrices. */
  long scratchBytes() {
    return scratch.get_size();
  }

  /** The work, on what lies at these addresses. */
  Runnable at(long left, long right, long result, long scratch) {
    IntMemoryMap bound = device.own(new IntMemoryMap());
    bound.put(DNNL_ARG_SRC, device.at(left, this.left));
    bound.put(DNNL_ARG_WEIGHTS, device.at(right, this.right));
    bound.put(DNNL_ARG_DST, device.at(result, this.result));
    if (scratchBytes() > 0) {
      bound.put(DNNL_ARG_SCRATCHPAD, device.at(scratch, this.scratch));
    }
    return () -> product.execute(device.queue(), bound);
  }
}
