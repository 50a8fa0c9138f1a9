package dev.espalier.compute.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * How many threads oneDNN shares a kernel among. OpenMP keeps the number for each calling thread,
 * so two plans may run side by side with a number each.
 */
final class OpenMp {
  private static final MethodHandle SET = setNumThreads();

  private OpenMp() {}

  /** Lets kernels that the calling thread starts from now on use {@code threads} threads. */
  static void useThreads(int threads) {
    try {
      SET.invokeExact(threads);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("expected omp_set_num_threads to return", e);
    }
  }

  // oneDNN brings its own libgomp; once it is loaded the plain name means that one.
  @SuppressWarnings("restricted") // the signature is OpenMP's: void omp_set_num_threads(int)
  private static MethodHandle setNumThreads() {
    Loader.load(dnnl.class);
    MemorySegment function =
        SymbolLookup.libraryLookup("libgomp.so.1", Arena.global())
            .findOrThrow("omp_set_num_threads");
    return Linker.nativeLinker()
        .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }
}
