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
  private static final MethodHandle SET =
      function("omp_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  private static final MethodHandle GET =
      function("omp_get_max_threads", FunctionDescriptor.of(ValueLayout.JAVA_INT));

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

  /** The number of threads that kernels of the calling thread use now. */
  static int threads() {
    try {
      return (int) GET.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("expected omp_get_max_threads to return", e);
    }
  }

  // oneDNN brings its own libgomp; once it is loaded the plain name means that one.
  @SuppressWarnings("restricted") // the signatures are OpenMP's
  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Loader.load(dnnl.class);
    MemorySegment function =
        SymbolLookup.libraryLookup("libgomp.so.1", Arena.global()).findOrThrow(name);
    return Linker.nativeLinker().downcallHandle(function, signature);
  }
}
