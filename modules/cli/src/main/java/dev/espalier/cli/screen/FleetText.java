package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.text.Figures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All studies and the fleet that works on them, as a block of lines. */
public final class FleetText {
  private static final int BAR = 12;
  private static final int WORKER = 24;

  private FleetText() {}

  /**
   * A headline, a row a study, a line a slot that works.
   *
   * @param overview as a gateway sends it; of its studies only {@code studies} count
   * @param studies in the order that they are shown in
   */
  public static List<String> live(JsonNode overview, Collection<JsonNode> studies) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(overview));
    lines.addAll(StudyText.table(studies));
    overview.path("workers").forEach(slot -> lines.add(slot(slot)));
    return lines;
  }

  private static String headline(JsonNode overview) {
    int slots = overview.path("workers").size();
    return "%d slot%s at work, %s tasks waiting, %s images/s"
        .formatted(
            slots,
            slots == 1 ? "" : "s",
            Figures.count(overview.path("waiting").asLong()),
            Figures.count(Math.round(overview.path("imagesPerSecond").asDouble())));
  }

  private static String slot(JsonNode slot) {
    return "  %s %s %7s images/s  %s"
        .formatted(
            TaskText.padded(slot.path("worker").asText(), WORKER),
            TaskText.bar(slot.path("progress").asDouble(), BAR),
            Figures.count(Math.round(slot.path("imagesPerSecond").asDouble())),
            slot.path("title").asText());
  }
}
