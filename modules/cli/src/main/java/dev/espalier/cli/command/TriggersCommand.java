package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.wire.EventBatch;
import dev.espalier.wire.ForeignEvents;
import dev.espalier.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier triggers}: which events start which studies, and what they did. */
@Command(
    name = "triggers",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Triggers: which events from outside start which studies, and what they did.",
      "list shows those of a gateway; check looks at a file of them, without a gateway; try says"
          + " what an event would start; decisions shows what events did, the newest first, or"
          + " with the number of one all of it."
    })
final class TriggersCommand implements Callable<Integer> {
  private static final int MOST = 1_000; // of a list, in one part

  /** What is asked about triggers. */
  enum Action {
    LIST,
    CHECK,
    TRY,
    DECISIONS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "WHAT",
      description =
          "The file of triggers to check, the event to try, a CloudEvent in JSON, or the number"
              + " of a decision.")
  private Optional<String> what = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description =
          "Where the event to try would stand, as the triggers call it (default: where events are"
              + " posted).")
  private Optional<String> topic = Optional.empty();

  @Option(
      names = "--effect",
      paramLabel = "WORD",
      description = "Only decisions of events that were started, refused, unmatched or malformed.")
  private Optional<String> effect = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many decisions at most, up to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();
  private final Terminal terminal;

  TriggersCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    switch (action) {
      case LIST -> list(asked("/api/triggers"));
      case CHECK -> list(checked());
      case TRY -> answer(tried(), TriggerText::tried);
      case DECISIONS ->
          what.ifPresentOrElse(
              key -> show(asked("/api/triggers/decisions/" + Gateway.escaped(key))),
              () -> answer(asked(path()), TriggerText::decisions));
    }
    return Exit.OK;
  }

  private JsonNode asked(String path) {
    try (Gateway client = gateway.open()) {
      return client.get(path);
    }
  }

  private void list(JsonNode triggers) {
    answer(triggers, TriggerText::triggers);
  }

  private JsonNode checked() {
    return Json.tree(TriggersInput.read(Path.of(named("a file of triggers"))).lines(Instant.now()));
  }

  private String named(String expected) {
    return what.orElseThrow(
        () -> RefusedException.usage("expected " + expected + " behind " + action + ", got none"));
  }

  private JsonNode tried() {
    byte[] event = read(Path.of(named("a file of an event")));
    boolean batch = new String(event, StandardCharsets.UTF_8).stripLeading().startsWith("[");
    String asTopic = topic.map(name -> "?topic=" + Gateway.escaped(name)).orElse("");
    try (Gateway client = gateway.open()) {
      return client.post(
          "/api/triggers/dry-run" + asTopic, event, batch ? EventBatch.TYPE : ForeignEvents.TYPE);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw RefusedException.usage("expected a file of an event, and there is no " + file);
    } catch (IOException e) {
      throw RefusedException.usage("expected a file of an event that can be read, got " + e);
    }
  }

  private String path() {
    if (limit < 1 || limit > MOST) {
      throw RefusedException.usage("expected a --limit of 1 to %d, got %d".formatted(MOST, limit));
    }
    String kind = effect.map(word -> "&effect=" + Gateway.escaped(word)).orElse("");
    return "/api/triggers/decisions?limit=" + limit + kind;
  }

  private interface Telling {
    List<String> lines(JsonNode answer);
  }

  private void answer(JsonNode answer, Telling telling) {
    if (json.isGiven()) {
      List<JsonNode> each = new ArrayList<>();
      answer.forEach(each::add);
      JsonOption.print(terminal.out(), each);
    } else {
      terminal.print(telling.lines(answer));
    }
  }

  private void show(JsonNode decision) {
    if (json.isGiven()) {
      JsonOption.print(terminal.out(), decision);
      return;
    }
    terminal.print(TriggerText.decision(decision));
    byte[] content = Base64.getDecoder().decode(decision.at("/content/base64").asText());
    terminal.print(new String(content, StandardCharsets.UTF_8).lines().toList());
  }
}
