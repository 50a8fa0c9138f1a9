package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Studies;
import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Masks, and how far two of them agree, as a gateway gives them. */
public final class MaskText {
  private static final int WORDS = 2;

  private MaskText() {}

  /** A table with a row a mask, line by line. */
  public static List<String> table(List<JsonNode> masks) {
    return new Table(
            List.of("mask", "objective", "seed", "round", "density", "kept", "of", "task"),
            masks.stream().map(MaskText::row).toList())
        .forTerminal(WORDS)
        .lines()
        .toList();
  }

  private static List<String> row(JsonNode mask) {
    return List.of(
        Studies.brief(mask.path("digest").asText()),
        mask.path("objective").asText(),
        mask.path("seed").asText(),
        mask.path("round").asText(),
        Figures.density(mask.path("density").asDouble()),
        Figures.count(mask.path("kept").asLong()),
        Figures.count(mask.path("total").asLong()),
        Studies.brief(mask.path("task").asText()));
  }

  /**
   * A table with a row a tensor, all of them first, line by line.
   *
   * @param comparison the gateway's {@code MaskComparison}
   */
  public static List<String> overlap(JsonNode comparison) {
    List<List<String>> rows = new ArrayList<>(List.of(overlapRow(comparison.path("all"))));
    comparison.path("tensors").forEach(tensor -> rows.add(overlapRow(tensor)));
    List<String> lines = new ArrayList<>();
    lines.add("left:  " + comparison.path("left").asText());
    lines.add("right: " + comparison.path("right").asText());
    lines.add("");
    lines.addAll(
        new Table(
                List.of("weights of", "left keeps", "right keeps", "both", "of", "iou", "chance"),
                rows)
            .forTerminal()
            .lines()
            .toList());
    lines.add(
        "Random masks that keep as many of each tensor have an iou of %s."
            .formatted(fraction(comparison.path("chanceByTensor"))));
    return lines;
  }

  private static List<String> overlapRow(JsonNode overlap) {
    return List.of(
        overlap.path("name").asText(),
        Figures.count(overlap.path("left").asLong()),
        Figures.count(overlap.path("right").asLong()),
        Figures.count(overlap.path("both").asLong()),
        Figures.count(overlap.path("total").asLong()),
        fraction(overlap.path("iou")),
        fraction(overlap.path("chance")));
  }

  private static String fraction(JsonNode value) {
    return String.format(Locale.ROOT, "%.4f", value.asDouble());
  }
}
