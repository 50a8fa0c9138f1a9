package dev.espalier.wire.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.Comparison;
import dev.espalier.domain.report.CutCell;
import dev.espalier.domain.report.FoundMask;
import dev.espalier.domain.report.NaturalSparsity;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Size;
import dev.espalier.wire.Json;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A report as JSON, in the form of {@code report.schema.json} beside this class. Nothing in it
 * depends on when it is written.
 */
public final class ReportJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int VERSION = 1;

  private ReportJson() {}

  /** The text of {@code findings}. */
  public static String of(Findings findings) {
    Report report = findings.report();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", VERSION).put("study", report.study().toString());
    root.put("name", findings.name());
    root.set("content", Json.tree(report.content()));
    root.put("tasks", report.tasks()).put("completed", report.completed());
    report.spent().ifPresent(limit -> root.put("budgetSpent", limit.toString()));
    each(
        root.putArray("arms"),
        Report.armsOf(report.content()),
        (node, arm) -> arm(node, arm, report));
    each(root.putArray("cuts"), report.cuts(), ReportJson::cut);
    each(root.putArray("naturalSparsity"), report.naturalSparsity(), ReportJson::natural);
    each(root.putArray("comparisons"), report.comparisons(), ReportJson::comparison);
    each(root.putArray("verdicts"), findings.verdicts().verdicts(), VerdictJson::put);
    each(root.putArray("untested"), findings.verdicts().untested(), VerdictJson::put);
    each(root.putArray("overlaps"), findings.overlaps(), OverlapJson::put);
    each(root.putArray("masks"), report.masks(), ReportJson::mask);
    each(root.putArray("failures"), report.failures(), ReportJson::failure);
    Comparator<Numerics> order = Comparator.comparing(Numerics::toString);
    each(
        root.putArray("numerics"),
        report.numerics().stream().sorted(order).toList(),
        ReportJson::numerics);
    root.putObject("cost")
        .put("images", report.cost().images())
        .put("seconds", report.cost().time().toMillis() / 1000.0);
    return print(root);
  }

  private static String print(ObjectNode root) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected a tree of values to be written as JSON", e);
    }
  }

  private static <T> void each(
      ArrayNode array, Iterable<T> values, BiConsumer<ObjectNode, T> write) {
    values.forEach(value -> write.accept(array.addObject(), value));
  }

  private static void arm(ObjectNode node, Arm arm, Report report) {
    node.put("arm", arm.toString());
    arm.objective().ifPresent(objective -> node.put("objective", objective.toString()));
    node.put("evaluation", arm.evaluation().map(Object::toString).orElse("trained"));
    each(
        node.putArray("levels"),
        report.cells().stream().filter(cell -> cell.arm().equals(arm)).toList(),
        ReportJson::level);
  }

  private static void level(ObjectNode node, Cell cell) {
    node.put("level", cell.level()).put("kept", cell.kept()).put("total", cell.total());
    node.put("density", cell.density());
    bySeed(node.putObject("accuracies"), cell.accuracies());
    SpreadJson.put(node, cell.spread());
    cell.top5().ifPresent(top5 -> SpreadJson.put(node.putObject("top5"), top5));
    cell.instability()
        .ifPresent(unstable -> SpreadJson.put(node.putObject("instability"), unstable));
    cell.size().ifPresent(size -> size(node.putObject("size"), size));
  }

  private static void bySeed(ObjectNode node, Map<Long, Double> values) {
    values.forEach((seed, value) -> node.put(seed.toString(), value));
  }

  private static void size(ObjectNode node, Size size) {
    node.put("parameters", size.parameters()).put("kept", size.kept());
    node.put("compression", size.compression());
    node.put("multiplyAdds", size.multiplyAdds());
    node.put("multiplyAddsKept", size.multiplyAddsKept());
    node.put("speedUp", size.speedUp());
  }

  private static void cut(ObjectNode node, CutCell cut) {
    node.put("arm", cut.arm().toString().replace("trained", "cut")).put("level", cut.level());
    cut.arm().objective().ifPresent(found -> node.put("objective", found.toString()));
    node.put("density", cut.density());
    ObjectNode accuracies = node.putObject("accuracies");
    cut.measurements()
        .forEach((seed, one) -> accuracies.put(seed.toString(), one.score().accuracy()));
    SpreadJson.put(node, cut.spread());
  }

  private static void natural(ObjectNode node, NaturalSparsity natural) {
    node.put("objective", natural.objective().toString());
    bySeed(node.putObject("zeros"), natural.zeros());
    SpreadJson.put(node, natural.spread());
  }

  private static void comparison(ObjectNode node, Comparison pair) {
    node.put("first", pair.first().toString()).put("second", pair.second().toString());
    node.put("level", pair.level()).put("density", pair.density());
    node.put("difference", pair.difference());
    node.put("pooledStandardError", pair.pooledStandardError());
    node.put("clearlyBetter", pair.isClearlyBetter()).put("clearlyWorse", pair.isClearlyWorse());
  }

  private static void mask(ObjectNode node, FoundMask found) {
    MaskPublished mask = found.published();
    node.put("digest", mask.summary().digest().toString());
    mask.summary().parent().ifPresent(parent -> node.put("parent", parent.toString()));
    node.put("file", fileOf(mask.summary().digest()));
    node.put("arm", found.arm().toString());
    node.put("task", mask.task().toString()).put("objective", mask.objective().toString());
    node.put("seed", mask.seed()).put("round", mask.round());
    node.put("kept", mask.summary().kept()).put("total", mask.summary().total());
    node.put("density", mask.summary().density());
    each(
        node.putArray("tensors"),
        mask.summary().tensors(),
        (tensor, kept) ->
            tensor.put("name", kept.tensor()).put("kept", kept.kept()).put("total", kept.total()));
  }

  /** Where a report's mask called {@code digest} lies, from the report's folder. */
  public static String fileOf(Digest digest) {
    return "masks/" + digest.hex() + ".safetensors";
  }

  private static void failure(ObjectNode node, OutcomePublished ended) {
    node.put("task", ended.task().toString()).put("message", messageOf(ended.outcome()));
  }

  /** Why {@code outcome} is no result. */
  public static String messageOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed completed -> "completed";
      case Outcome.Failed failed -> failed.failure().message();
    };
  }

  private static void numerics(ObjectNode node, Numerics numerics) {
    node.put("provider", numerics.provider()).put("processor", numerics.processor());
    node.put("threads", numerics.threads()).put("build", numerics.build());
    node.put("mixed", numerics.mixed());
    numerics.primitives().ifPresent(table -> node.put("primitives", table.toString()));
  }
}
