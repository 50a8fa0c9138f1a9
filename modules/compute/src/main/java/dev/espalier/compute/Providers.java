package dev.espalier.compute;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Provider;
import java.util.Locale;

/** The kernel providers by name. */
public final class Providers {
  /** The provider to use unless another is asked for. */
  public static final String DEFAULT = OneDnnProvider.NAME;

  private Providers() {}

  /**
   * The provider called {@code name}: {@code onednn}, or {@code nd4j}, which is slower.
   *
   * @param threads the threads that one plan uses, at least 1; {@code nd4j} takes what ND4J takes
   * @throws IllegalArgumentException when there is none of that name
   * @throws UnsupportedOperationException on anything but Linux on x86-64, whose native libraries
   *     alone are shipped
   */
  public static Provider named(String name, int threads) {
    requireLinuxX64(System.getProperty("os.name"), System.getProperty("os.arch"));
    return switch (name) {
      case OneDnnProvider.NAME -> new OneDnnProvider(threads);
      case Nd4jProvider.NAME -> new Nd4jProvider();
      default ->
          throw new IllegalArgumentException("expected provider onednn or nd4j, got " + name);
    };
  }

  static void requireLinuxX64(String system, String processor) {
    boolean linux = system.toLowerCase(Locale.ROOT).startsWith("linux");
    if (!linux || !processor.equals("amd64")) {
      throw new UnsupportedOperationException(
          "expected Linux on x86-64, the only place with native libraries, got "
              + system
              + " on "
              + processor);
    }
  }
}
