package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Tenant;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Publisher;
import dev.espalier.wire.NamedStudy;
import java.time.Instant;
import java.util.Optional;

/** Writes what submitters wish onto the log. Safe for use by many threads. */
public final class Submissions implements AutoCloseable {
  private static final String CLIENT = "submissions";

  private final Tools tools;
  private final ClientMeters clients;
  private final Publisher publisher;

  public Submissions(Connection connection, Tools tools, ClientMeters clients) {
    this.tools = tools;
    this.clients = clients;
    this.publisher = Publisher.open(connection, "/espalier/submissions");
    clients.add(CLIENT, publisher::metrics);
  }

  /**
   * Wishes that {@code study} runs; returns when that stands on the log. A study is known by its
   * content: wished for again it goes on where it stands, answers from what is known, and has what
   * failed tried again.
   *
   * @param name what a person calls it
   * @return the study's name by digest
   * @throws IllegalArgumentException when its data are not here
   */
  public StudyId submit(String name, Study study) {
    return submit(name, study, Optional.empty());
  }

  /**
   * As {@link #submit}, within a budget.
   *
   * @param budget what the study may take from now on; absent where as much as it needs
   */
  public StudyId submit(String name, Study study, Optional<Budget> budget) {
    return run(name, study, budget, Optional.empty(), Optional.empty()).study();
  }

  /**
   * As {@link #submit}, with any wish: paused, nothing of a study is begun and what is under way
   * stops at its next step, to go on from there later; cancelled, nobody is expected to go on.
   * Tasks that another running study wants too are none of these.
   */
  public StudyId wish(String name, Study study, Wish wish) {
    return write(word(name, study, wish, Optional.empty(), Optional.empty(), Optional.empty()))
        .study();
  }

  /**
   * Another wish for a study that is on the log; its name and budget stay.
   *
   * @return what stands on the log now
   */
  StudyWished wish(StudyWished known, Wish wish) {
    StudyWished word = known.then(tools.clock().instant(), wish);
    publisher.publish(word);
    return word;
  }

  /**
   * As {@link #submit}.
   *
   * @param priority absent where the study takes its turn with the others
   * @param tenant whose it is; absent where nobody is told from others
   * @return what stands on the log now
   */
  StudyWished run(
      String name,
      Study study,
      Optional<Budget> budget,
      Optional<Priority> priority,
      Optional<Tenant> tenant) {
    return write(word(name, study, Wish.RUN, budget, priority, tenant));
  }

  private StudyWished write(StudyWished word) {
    publisher.publish(word);
    return word;
  }

  private StudyWished word(
      String name,
      Study study,
      Wish wish,
      Optional<Budget> budget,
      Optional<Priority> priority,
      Optional<Tenant> tenant) {
    Study pinned = pinned(study);
    Instant now = tools.clock().instant();
    Optional<Budget> begun = budget.map(most -> most.from(now));
    StudyId id = nameOf(pinned, tenant);
    return new StudyWished(now, id, name, pinned, wish, priority, begun, tenant);
  }

  /**
   * What {@link #submit} would write, for somebody else to write.
   *
   * @param priority absent where the study takes its turn with the others
   * @param tenant whose it is; absent where nobody is told from others
   * @throws IllegalArgumentException when its data are not here
   */
  public StudyWished word(NamedStudy named, Optional<Priority> priority, Optional<Tenant> tenant) {
    return word(named.name(), named.study(), Wish.RUN, named.budget(), priority, tenant);
  }

  /** The same study with its data pinned to the images that are here. */
  public Study pinned(Study study) {
    return study.on(data -> data.digest().isPresent() ? data : tools.pinning().apply(data));
  }

  /** The name by digest of a study whose data are pinned, as {@code tenant}'s if it is one's. */
  public StudyId nameOf(Study pinned, Optional<Tenant> tenant) {
    return tenant
        .map(owner -> tools.naming().nameOf(pinned, owner))
        .orElseGet(() -> tools.naming().nameOf(pinned));
  }

  /** How many tasks a study has whose data are pinned. */
  int tasksOf(Study pinned) {
    return TaskGraph.of(pinned, tools.naming()).nodes().size();
  }

  @Override
  public void close() {
    clients.remove(CLIENT);
    publisher.close();
  }
}
