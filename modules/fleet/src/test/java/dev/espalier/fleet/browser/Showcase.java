package dev.espalier.fleet.browser;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.fleet.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** What a fleet looks like in the middle of its work: studies in every status. */
final class Showcase {
  private static final int ROUNDS = 6;

  final ImaginedStudy going;
  final ImaginedStudy done;
  final int working;

  private Showcase(ImaginedStudy going, ImaginedStudy done, int working) {
    this.going = going;
    this.done = done;
    this.working = working;
  }

  /** Has it on the log of {@code gateway}; returns when the gateway knows of it. */
  static Showcase on(PageGateway gateway) throws ExecutionException, InterruptedException {
    Instant now = Instant.now();
    ImaginedStudy going =
        new ImaginedStudy(
            "masks without labels", Samples.study(ROUNDS, 1L, 2L, 3L), now.minusSeconds(5_400));
    ImaginedStudy done =
        new ImaginedStudy(
            "baseline of labels", Samples.study(4, 11L, 12L), now.minusSeconds(90_000));
    int completed = going.nodes.size() * 3 / 5;
    List<Event> events = new ArrayList<>();
    events.add(done.wished(Wish.RUN));
    IntStream.range(0, done.nodes.size()).forEach(i -> events.addAll(done.completed(i)));
    for (int i = 0; i < 9; i++) {
      events.add(
          other(i, now).wished(i % 3 == 0 ? Wish.PAUSE : i % 3 == 1 ? Wish.CANCEL : Wish.RUN));
    }
    events.add(going.wished(Wish.RUN));
    IntStream.range(0, completed).forEach(i -> events.addAll(going.completed(i)));
    for (int i = 0; i < 4; i++) {
      events.addAll(going.running(completed + i, 340 + 190L * i));
    }
    IntStream.range(completed + 4, Math.min(completed + 16, going.nodes.size()))
        .forEach(i -> events.add(going.released(i)));
    events.add(
        going.logged(
            completed,
            "trains 1,200 steps of 128 images on cpu with onednn",
            "goes on from a checkpoint of step 200",
            "checkpoint of step 300, 1.2 MB in 40 ms"));
    gateway.publish(events);
    gateway.publishUnreadable("{\"step\": 120, \"values\": {\"train_loss\": 0.4");
    gateway.publishUnreadable("train_loss=0.37");
    gateway.await(view -> view.version() >= events.size());
    return new Showcase(going, done, completed);
  }

  private static ImaginedStudy other(int index, Instant now) {
    List<String> names = List.of("rotation on few labels", "four kinds of cuts", "slow cuts");
    return new ImaginedStudy(
        names.get(index % 3) + " " + (index + 1),
        Samples.study(2 + index % 4, 100L + index),
        now.minusSeconds(7_000L * (index + 1)));
  }

  /** What the tasks at work say next. */
  List<Event> beat(long further) {
    return IntStream.range(0, 4)
        .boxed()
        .flatMap(i -> going.running(working + i, 340 + 190L * i + further).stream())
        .toList();
  }

  /** The views of the page, by name. */
  Map<String, String> views() {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("studies", "#/");
    views.put("study", "#/studies/" + going.id);
    views.put("task", "#/tasks/" + going.nodes.get(working).id());
    views.put("fleet", "#/fleet");
    views.put(
        "compare",
        "#/compare?studies=%s,%s".formatted(going.id.digest().brief(), done.id.digest().brief()));
    views.put("letters", "#/dead-letters");
    return views;
  }
}
