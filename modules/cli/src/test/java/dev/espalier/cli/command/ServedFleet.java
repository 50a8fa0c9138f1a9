package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Fixtures;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Publisher;
import dev.espalier.store.FileArtifacts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A gateway on a log of its own, on which nothing is worked on but what tests say, and a client.
 */
final class ServedFleet implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  final FileArtifacts store;
  private final Connection log;
  private final Runnable broker;
  private final Publisher publisher;
  private final Path home;
  private Fleet fleet;

  private ServedFleet(Path folder, Connection log, Runnable broker) {
    this.log = log;
    this.broker = broker;
    home = folder.resolve("home");
    store = FileArtifacts.in(folder.resolve("store"));
    fleet = serve(0);
    publisher = Publisher.open(log, "/espalier/test");
  }

  /** Starts one with a broker of its own; whoever does closes it. */
  static ServedFleet start(Path folder) {
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
    return new ServedFleet(folder, broker.connection(), broker::close);
  }

  /** Starts one on a log that others keep. */
  static ServedFleet on(Connection log, Path folder) {
    return new ServedFleet(folder, log, () -> {});
  }

  private Fleet serve(int port) {
    Tools tools =
        new Tools(
            (id, task, parents, checkpoint, observer) -> {
              throw new AssertionError("nothing is worked on: " + task);
            },
            store,
            Fixtures.NAMING,
            data -> data.pinnedTo(Digest.of(new byte[] {1})),
            Clock.systemUTC());
    FleetSettings settings = FleetSettings.all(log).as(Set.of(Role.GATEWAY));
    return Fleet.start(
        settings.at("127.0.0.1", port),
        tools,
        trouble -> {
          throw new AssertionError(trouble);
        });
  }

  /** The log. */
  Connection log() {
    return log;
  }

  /** The gateway. */
  URI address() {
    return fleet.address().orElseThrow();
  }

  /** Stops the gateway. */
  void leave() {
    fleet.close();
  }

  /** Starts another gateway, which listens where the one that has left did. */
  void comeBack(URI where) {
    fleet = serve(where.getPort());
  }

  void publish(Event... events) {
    for (Event event : events) {
      publisher.publish(event);
    }
  }

  /** Wishes for a study, and waits until the gateway knows. */
  StudyId wish(String name, Study study, Wish wish) throws InterruptedException {
    StudyId id = Fixtures.NAMING.nameOf(study);
    publish(new StudyWished(Instant.now(), id, name, study, wish));
    await(
        view ->
            Optional.ofNullable(view.standings().studies().get(id))
                .filter(known -> known.wish() == wish)
                .isPresent());
    return id;
  }

  /** Waits until what the gateway shows pleases {@code condition}. */
  void await(Predicate<Board.View> condition) throws InterruptedException {
    assertThat(fleet.board().await(condition, LIMIT)).isPresent();
  }

  /** What a command answered, complained of and left with. */
  record Ran(int exitCode, String said, String complained) {}

  /** Runs a command that is told of this gateway by its environment. */
  Ran run(String... args) {
    return run(Map.of(GatewayOptions.GATEWAY, address().toString()), args);
  }

  /** Runs a command in an environment of these variables and a home of its own. */
  Ran run(Map<String, String> variables, String... args) {
    return run(home, variables, args);
  }

  /** The same, without a gateway in any case. */
  static Ran run(Path home, Map<String, String> variables, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Commands.run(args, terminal(home, variables, out, err));
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Terminal terminal(
      Path home,
      Map<String, String> variables,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("HOME", home.toString());
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment);
  }

  @Override
  public void close() {
    publisher.close();
    fleet.close();
    broker.run();
  }
}
