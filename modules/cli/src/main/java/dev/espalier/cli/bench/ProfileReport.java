package dev.espalier.cli.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.text.Table;
import dev.espalier.compute.bench.Load;
import dev.espalier.compute.bench.StepProfile;
import dev.espalier.compute.bench.StepProfile.KernelTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the time of a training step is spent on, for people and for programs.
 *
 * @param load what was trained
 * @param profile what came out
 */
public record ProfileReport(Load load, StepProfile profile) {
  private static final double MILLI = 1e-3;

  /** A table of kernels, those that take longest first. */
  public String forTerminal() {
    List<List<String>> rows = new ArrayList<>();
    for (KernelTime kernel : profile.kernels()) {
      rows.add(row(kernel.name(), kernel.seconds()));
    }
    rows.add(row("outside kernels", profile.outside() * profile.step()));
    rows.add(row("a step", profile.step()));
    return new Table(List.of("kernel", "ms", "% of a step"), rows).forTerminal();
  }

  private List<String> row(String title, double seconds) {
    return List.of(
        title,
        String.format(Locale.ROOT, "%.3f", seconds / MILLI),
        String.format(Locale.ROOT, "%.2f", seconds / profile.step() * 100));
  }

  /** A JSON object. */
  public String json() {
    ObjectNode root = new JsonMapper().createObjectNode();
    Loads.put(root, load);
    root.put("milliseconds", profile.step() / MILLI).put("outside", profile.outside());
    ArrayNode kernels = root.putArray("kernels");
    for (KernelTime kernel : profile.kernels()) {
      kernels
          .addObject()
          .put("name", kernel.name())
          .put("milliseconds", kernel.seconds() / MILLI)
          .put("share", kernel.seconds() / profile.step());
    }
    return root.toPrettyString();
  }
}
