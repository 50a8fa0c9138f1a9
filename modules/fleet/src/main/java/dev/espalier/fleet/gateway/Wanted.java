package dev.espalier.fleet.gateway;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.study.StudyId;
import dev.espalier.wire.EventCodec;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a reader of a stream wants to be told.
 *
 * @param study the study that it looks at; absent where it looks at all
 * @param overview whether it wants the studies and the fleet, in a line each
 * @param detail whether it wants all about its study
 * @param types the CloudEvents types of the events that it wants; none where it follows no events
 */
record Wanted(Optional<StudyId> study, boolean overview, boolean detail, Set<String> types) {
  private static final String OVERVIEW = "overview";
  private static final String STUDY = "study";
  private static final String ALL = "all";

  /** Copies the types. */
  Wanted {
    types = Set.copyOf(types);
  }

  /** What {@code context} asks for; refuses what nobody can be told. */
  static Wanted of(RoutingContext context) {
    Query query = new Query(context);
    Optional<StudyId> study = query.text(STUDY).map(Wanted::study);
    List<String> names =
        query
            .text("show")
            .map(shown -> List.of(shown.split(",", -1)))
            .orElse(List.of(OVERVIEW, STUDY));
    Set<String> types = new HashSet<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        EventCodec.names().forEach(each -> types.add(type(each)));
      } else if (!name.equals(OVERVIEW) && !name.equals(STUDY)) {
        types.add(type(name));
      }
    }
    return new Wanted(study, names.contains(OVERVIEW), names.contains(STUDY), types);
  }

  private static StudyId study(String name) {
    try {
      return StudyId.parse(name);
    } catch (IllegalArgumentException e) {
      throw Problem.invalidParameter(String.valueOf(e.getMessage())).refusal();
    }
  }

  private static String type(String name) {
    return EventCodec.typeNamed(name).orElseThrow(() -> unknown(name));
  }

  private static RefusedException unknown(String name) {
    List<String> known = new ArrayList<>(Arrays.asList(OVERVIEW, STUDY, ALL));
    known.addAll(EventCodec.names());
    return Problem.invalidParameter(
            "expected names among %s with commas in between as show, got %s".formatted(known, name))
        .refusal();
  }

  /** Whether it follows the log event by event. */
  boolean follows() {
    return !types.isEmpty();
  }

  /**
   * Whether it wants {@code event}.
   *
   * @param isOfStudy whether an event of another study's belongs to this reader's all the same
   */
  boolean wants(Event event, Predicate<Event> isOfStudy) {
    return types.contains(EventCodec.typeOf(event))
        && (study.isEmpty() || study.equals(Optional.of(event.study())) || isOfStudy.test(event));
  }
}
