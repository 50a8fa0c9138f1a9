package dev.espalier.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a gateway knows of a study which a report needs: its outcomes and its masks.
 *
 * @param wished the study, and when it was last wished for
 * @param standings what is known of its tasks
 */
public record FoundStudy(StudyWished wished, Standings standings) {

  /**
   * Asks {@code gateway} for every task of {@code study} that has ended, and for every mask.
   *
   * @throws GatewayException when it does not answer
   */
  public static FoundStudy of(Gateway gateway, StudyId study) {
    JsonNode shown = gateway.get("/api/studies/" + study);
    StudyWished wished = wished(study, shown);
    TaskGraph graph = TaskGraph.of(wished.content(), new CanonicalNaming());
    Standings standings = Standings.EMPTY.plus(wished);
    Optional<BudgetSpent> spent = spent(wished, shown.path("line"));
    standings = spent.isPresent() ? standings.plus(spent.get()) : standings;
    for (String state : List.of("completed", "failed")) {
      for (JsonNode line : gateway.list("/api/studies/" + study + "/tasks?state=" + state)) {
        JsonNode task = gateway.get("/api/tasks/" + line.path("id").asText());
        standings = standings.plus(Json.read(task.path("outcome"), OutcomePublished.class));
      }
    }
    for (JsonNode line : gateway.list("/api/masks?study=" + study)) {
      standings = standings.plus(published(gateway, line, graph));
    }
    return new FoundStudy(wished, standings);
  }

  private static StudyWished wished(StudyId study, JsonNode shown) {
    JsonNode line = shown.path("line");
    return new StudyWished(
        Instant.parse(line.path("submitted").asText()),
        study,
        line.path("name").asText(),
        Json.read(shown.path("content"), Study.class),
        Wish.RUN);
  }

  private static Optional<BudgetSpent> spent(StudyWished wished, JsonNode line) {
    return Stream.of(Budget.Limit.values())
        .filter(limit -> limit.toString().equals(line.path("spent").asText()))
        .map(limit -> new BudgetSpent(wished.at(), wished.study(), wished.at(), limit))
        .findFirst();
  }

  private static MaskPublished published(Gateway gateway, JsonNode line, TaskGraph graph) {
    TaskId task = TaskId.parse(line.path("task").asText());
    return new MaskPublished(
        Instant.parse(line.path("at").asText()),
        StudyId.parse(line.path("study").asText()),
        task,
        objective(graph.node(task).map(Node::task), task),
        line.path("round").asInt(),
        line.path("seed").asLong(),
        summary(gateway.get("/api/masks/" + line.path("digest").asText())),
        Optional.empty());
  }

  private static Objective objective(Optional<Task> task, TaskId id) {
    return switch (task.orElseThrow(
        () -> new IllegalStateException("expected a task of the study, got " + id))) {
      case PruneTask prune -> prune.objective();
      case CutTask cut -> cut.objective();
      case ScoreTask score -> score.objective();
      case EvaluateTask _ ->
          throw new IllegalStateException("expected a task that prunes, got " + id);
    };
  }

  private static MaskSummary summary(JsonNode mask) {
    List<Kept> tensors = new ArrayList<>();
    for (JsonNode tensor : mask.path("tensors")) {
      tensors.add(
          new Kept(
              tensor.path("name").asText(),
              tensor.path("kept").asLong(),
              tensor.path("total").asLong()));
    }
    Optional<Digest> parent =
        Optional.ofNullable(mask.get("parent")).map(JsonNode::asText).map(Digest::parse);
    return new MaskSummary(Digest.parse(mask.path("digest").asText()), parent, tensors);
  }
}
