package dev.espalier.cli.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.text.Table;
import dev.espalier.compute.bench.Findings;
import dev.espalier.compute.bench.Load;
import dev.espalier.compute.bench.Speed;
import java.util.List;
import java.util.Locale;

/**
 * What a machine can do, for people and for programs.
 *
 * @param load what it was measured with
 * @param findings what came out
 * @param weights how many weights were pruned
 * @param pruning how often a second they can be pruned
 */
public record BenchReport(Load load, Findings findings, int weights, Speed pruning) {
  private static final double GIGA = 1e9;
  private static final double MILLI = 1e-3;

  /** A small table, each line ended. */
  public String forTerminal() {
    Table table =
        new Table(
            List.of("", "median", "best"),
            List.of(
                row("training, images/s", findings.training(), 1),
                row("evaluation, images/s", findings.evaluation(), 1),
                row("matrix product, GFLOP/s", findings.product(), 1 / GIGA),
                List.of(
                    String.format(Locale.ROOT, "pruning of %,d weights, ms", weights),
                    figure(milliseconds(pruning.median())),
                    figure(milliseconds(pruning.best())))));
    return String.format(
        Locale.ROOT,
        "%s on %d × %2$d, batch %d, %s, %d thread%s of %s%n%n%s%nTraining reaches %.0f %% of the"
            + " matrix product.%n",
        load.network(),
        load.size(),
        load.batch(),
        load.precision(),
        load.threads(),
        load.threads() == 1 ? "" : "s",
        findings.processor(),
        table.forTerminal(),
        findings.peakShare() * 100);
  }

  private static List<String> row(String title, Speed speed, double factor) {
    return List.of(title, figure(speed.median() * factor), figure(speed.best() * factor));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.1f", value);
  }

  private static double milliseconds(double perSecond) {
    return 1 / perSecond / MILLI;
  }

  /** A JSON object; rates are medians unless called best. */
  public String json() {
    ObjectNode root = new JsonMapper().createObjectNode();
    Loads.put(root, load);
    root.put("processor", findings.processor());
    put(root.putObject("training"), "imagesPerSecond", findings.training(), 1);
    put(root.putObject("evaluation"), "imagesPerSecond", findings.evaluation(), 1);
    put(root.putObject("matrixProduct"), "gigaflops", findings.product(), 1 / GIGA);
    root.put("peakShare", findings.peakShare());
    root.put("peakMemory", findings.peakMemory());
    root.putObject("pruning")
        .put("weights", weights)
        .put("perSecond", pruning.median())
        .put("milliseconds", milliseconds(pruning.median()))
        .put("best", milliseconds(pruning.best()));
    return root.toPrettyString();
  }

  private static void put(ObjectNode node, String unit, Speed speed, double factor) {
    node.put(unit, speed.median() * factor).put("best", speed.best() * factor);
  }
}
