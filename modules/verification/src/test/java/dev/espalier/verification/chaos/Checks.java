package dev.espalier.verification.chaos;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Reachable;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.view.Views;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.DeadLetter;
import dev.espalier.kafka.DeadLetterBox;
import dev.espalier.kafka.Place;
import dev.espalier.kafka.Topic;
import dev.espalier.store.FileArtifacts;
import dev.espalier.store.Garbage;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.Json;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What has to hold after a round, whatever was done to the fleet. Each finding is a sentence. */
final class Checks {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration ABANDONED = Duration.ofHours(2);

  private final CalmRun calm;
  private final Chronicle chronicle;
  private int left;

  /**
   * Checks of a round.
   *
   * @param chronicle all that stands on its log in the end
   */
  Checks(CalmRun calm, Chronicle chronicle) {
    this.calm = calm;
    this.chronicle = chronicle;
  }

  /** What is wrong on the log. */
  List<String> ofTheLog() {
    List<String> findings = new ArrayList<>();
    for (Node node : calm.graph().nodes()) {
      TaskId task = node.id();
      TaskStanding standing = chronicle.standings().task(task);
      TaskStanding expected = calm.standings().task(task);
      outcome(task, standing, expected).ifPresent(findings::add);
      mask(task, expected).ifPresent(findings::add);
      attempts(task, standing).ifPresent(findings::add);
      figures(task, standing, expected).ifPresent(findings::add);
    }
    strangers().ifPresent(findings::add);
    return findings;
  }

  /** Who wrote what nobody can read did so on purpose; of what was for workers they told. */
  List<String> ofTheGarbled(Set<Place> garbled, Connection log) {
    List<String> findings = new ArrayList<>();
    Set<Place> others = new HashSet<>(chronicle.unreadable());
    others.removeAll(garbled);
    if (!others.isEmpty()) {
      findings.add("records on the log are no events: " + others);
    }
    try (DeadLetterBox box = DeadLetterBox.open(log, Clock.systemUTC())) {
      Set<String> told = box.letters().stream().map(DeadLetter::origin).collect(Collectors.toSet());
      garbled.stream()
          .filter(place -> place.topic().equals(Topic.TASKS))
          .filter(place -> !told.contains(log.prefix() + "." + place))
          .forEach(place -> findings.add("no dead letter tells of " + place));
    }
    return findings;
  }

  /** Once, and with what it found in the calm run: scores, masks and weights to the last bit. */
  private Optional<String> outcome(TaskId task, TaskStanding standing, TaskStanding expected) {
    long ends =
        chronicle.all(OutcomePublished.class).filter(end -> end.task().equals(task)).count();
    if (ends != 1 || standing.result().isEmpty()) {
      return Optional.of(
          "task %s ended %d times, the last time %s".formatted(task, ends, standing.outcome()));
    }
    return standing.result().equals(expected.result())
        ? Optional.empty()
        : Optional.of(
            "task %s found %s, in the calm run %s"
                .formatted(task, standing.result(), expected.result()));
  }

  private Optional<String> mask(TaskId task, TaskStanding expected) {
    List<MaskPublished> masks =
        chronicle.all(MaskPublished.class).filter(mask -> mask.task().equals(task)).toList();
    List<Digest> digests = masks.stream().map(mask -> mask.summary().digest()).toList();
    List<Digest> calms = expected.mask().map(mask -> mask.summary().digest()).stream().toList();
    return digests.equals(calms)
        ? Optional.empty()
        : Optional.of(
            "task %s published the masks %s, in the calm run %s".formatted(task, digests, calms));
  }

  /** Claimed one after the other, and not once more after the end. */
  private Optional<String> attempts(TaskId task, TaskStanding standing) {
    List<Integer> claimed =
        chronicle
            .all(AttemptReported.class)
            .filter(word -> word.task().equals(task) && word.phase() == Phase.CLAIMED)
            .map(AttemptReported::attempt)
            .toList();
    int last = standing.outcome().map(OutcomePublished::attempt).orElse(0);
    return claimed.equals(IntStream.rangeClosed(1, last).boxed().toList())
        ? Optional.empty()
        : Optional.of(
            "task %s was claimed as %s and ended by attempt %d".formatted(task, claimed, last));
  }

  /** Samples of the dead may be missing, but what is there is right, the last among them. */
  private static Optional<String> figures(
      TaskId task, TaskStanding standing, TaskStanding expected) {
    Map<Long, Map<String, Double>> here = figures(standing);
    Map<Long, Map<String, Double>> calm = figures(expected);
    boolean right = calm.entrySet().containsAll(here.entrySet());
    boolean ends = expected.metrics().isEmpty() || here.containsKey(expected.metrics().lastKey());
    return right && ends
        ? Optional.empty()
        : Optional.of("task %s sampled %s, in the calm run %s".formatted(task, here, calm));
  }

  private static Map<Long, Map<String, Double>> figures(TaskStanding standing) {
    return standing.metrics().values().stream()
        .collect(Collectors.toMap(MetricSampled::step, MetricSampled::values));
  }

  private Optional<String> strangers() {
    Set<TaskId> tasks = calm.graph().nodes().stream().map(Node::id).collect(Collectors.toSet());
    List<TaskId> others =
        chronicle.standings().tasks().keySet().stream()
            .filter(task -> !tasks.contains(task))
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("the log speaks of tasks that nobody asked for: " + others);
  }

  /** What the gateway shows once it has caught up is what a replay of the log adds up to. */
  List<String> ofTheGateway(URI gateway) throws IOException {
    Views views = new Views(new CanonicalNaming(), 1);
    String expected =
        new String(
            Json.write(views.tasks(calm.study(), chronicle.standings())), StandardCharsets.UTF_8);
    URI tasks = gateway.resolve("api/studies/" + calm.study() + "/tasks");
    try (HttpClient http = HttpClient.newHttpClient()) {
      Awaiting same = () -> get(http, tasks).equals(expected);
      same.await("the gateway to show " + expected, LIMIT, Awaiting::pause);
      return List.of();
    } catch (IllegalStateException e) {
      return List.of("the gateway shows other standings than a replay: " + e.getMessage());
    }
  }

  private static String get(HttpClient http, URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle((response, trouble) -> response == null ? "" + trouble : response.body())
        .join();
  }

  /**
   * What is wrong in the store once everybody has left.
   *
   * @param damaged the names of the artifacts that were damaged on purpose: they may be put away
   */
  List<String> ofTheStore(Path folder, Set<String> damaged) throws IOException {
    age(folder.resolve("incoming"));
    // What an attempt that is cut off wrote since it was last heard, nothing names: it is
    // collected.
    List<String> findings = new ArrayList<>();
    try (FileArtifacts store = FileArtifacts.in(folder)) {
      Set<Digest> named = Reachable.in(chronicle.standings());
      Garbage garbage = Garbage.in(store, named, Duration.ZERO, InstantSource.system());
      left = garbage.collectFrom(store).blobs().size();
      Set<Digest> there = new TreeSet<>();
      store.visit(blob -> there.add(blob.digest()));
      if (!there.equals(named)) {
        findings.add("the store holds %s, the log names %s".formatted(there, named));
      }
      there.removeIf(digest -> store.read(digest, MemorySegment::byteSize).isPresent());
      if (!there.isEmpty()) {
        findings.add("damaged artifacts: " + there);
      }
    }
    for (String name : List.of("incoming", "aside", "quarantine")) {
      leaked(folder.resolve(name), damaged).ifPresent(findings::add);
    }
    return findings;
  }

  /** As if it were long ago that what was left unfinished was left. */
  private static void age(Path incoming) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(ABANDONED));
    for (Path file : files(incoming)) {
      Files.setLastModifiedTime(file, then);
    }
  }

  private static Optional<String> leaked(Path folder, Set<String> expected) throws IOException {
    List<Path> files = new ArrayList<>(files(folder));
    files.removeIf(file -> expected.contains(String.valueOf(file.getFileName())));
    return files.isEmpty() ? Optional.empty() : Optional.of("files are left: " + files);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> listing = Files.list(folder)) {
      return listing.toList();
    }
  }

  /** How many attempts did not end their task. */
  private int cutOff() {
    long claims =
        chronicle.all(AttemptReported.class).filter(word -> word.phase() == Phase.CLAIMED).count();
    return (int) claims - calm.tasks();
  }

  /** What the checks saw, in a line. */
  String summary() {
    return "%d tasks, %d attempts cut off, %d artifacts left by them and collected"
        .formatted(calm.tasks(), cutOff(), left);
  }
}
