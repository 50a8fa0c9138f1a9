package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.Studies;
import dev.espalier.cli.screen.CurveTable;
import dev.espalier.cli.screen.Differences;
import dev.espalier.cli.screen.MaskText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier compare}: studies, or masks, side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows the curves of studies side by side, and where their settings differ.",
      "With --masks, how far two masks agree, whole and tensor by tensor: intersection over union,"
          + " beside what two random masks of the same densities have.",
      "With --json: {\"studies\":[…],\"differences\":[{\"key\":…,\"values\":[…]}]}, or the masks'"
          + " comparison."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int PAIR = 2;

  @Parameters(
      arity = "2..20",
      paramLabel = "STUDY",
      description =
          "Digests of studies, their beginnings, or what people call them; with --masks digests of"
              + " two masks, or their beginnings.")
  private List<String> names = List.of();

  @Option(names = "--masks", description = "Masks are compared.")
  private boolean masks;

  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();
  private final Terminal terminal;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    if (masks && names.size() != PAIR) {
      throw RefusedException.usage("expected two masks behind --masks, got " + names.size());
    }
    try (Gateway client = gateway.open()) {
      if (masks) {
        compareMasks(client);
      } else {
        compareStudies(client);
      }
      return Exit.OK;
    }
  }

  private void compareMasks(Gateway client) {
    JsonNode comparison =
        client.get(
            "/api/compare/masks?left=%s&right=%s"
                .formatted(Gateway.escaped(names.getFirst()), Gateway.escaped(names.getLast())));
    if (json.isGiven()) {
      JsonOption.print(terminal.out(), comparison);
    } else {
      terminal.print(MaskText.overlap(comparison));
    }
  }

  private void compareStudies(Gateway client) {
    List<String> ids = names.stream().map(name -> Studies.named(client, name)).toList();
    JsonNode studies = client.get("/api/compare/studies?studies=" + String.join(",", ids));
    Differences differences =
        Differences.of(
            ids.stream().map(id -> client.get("/api/studies/" + id).path("content")).toList());
    if (json.isGiven()) {
      ObjectNode both = JsonNodeFactory.instance.objectNode();
      both.set("studies", studies);
      both.set("differences", differences.json());
      JsonOption.print(terminal.out(), both);
    } else {
      show(studies, differences);
    }
  }

  private void show(JsonNode studies, Differences differences) {
    List<String> called = new ArrayList<>();
    ArrayNode curves = JsonNodeFactory.instance.arrayNode();
    for (JsonNode study : studies) {
      String name = study.path("name").asText() + " " + Studies.brief(study.path("id").asText());
      called.add(name);
      for (JsonNode curve : study.path("curves")) {
        ObjectNode renamed = curve.deepCopy();
        curves.add(renamed.put("arm", name + "  " + curve.path("arm").asText()));
      }
    }
    terminal.print(CurveTable.of(curves).forTerminal().lines().toList());
    terminal.out().println();
    if (differences.values().isEmpty()) {
      terminal.out().println("Their settings are the same.");
    } else {
      terminal.print(differences.table(called));
    }
  }
}
