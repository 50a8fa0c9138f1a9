package dev.espalier.cli.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What there is to share out.
 *
 * @param cores processors that this process may use, at least 1
 * @param memory bytes of memory that this process may use
 */
public record Capacity(int cores, long memory) {
  /**
   * What this machine has, or the container that this process is in: Java reads {@code cpu.max} and
   * {@code memory.max}, their older names in the first version of control groups, and the
   * processors that the process is bound to.
   */
  public static Capacity here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Capacity(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
  }
}
