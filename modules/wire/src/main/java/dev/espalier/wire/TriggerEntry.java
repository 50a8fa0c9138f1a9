package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.study.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A trigger as its file says it; whether its expressions are any is for others to say.
 *
 * @param name what it is called
 * @param pointer where it stands in its file
 * @param on which events are meant
 * @param values what of the event goes into the study, by name
 * @param template what study
 * @param urgent whether its studies come before those that are not
 * @param tenant whose its studies are; absent where nobody is told from others
 */
public record TriggerEntry(
    String name,
    String pointer,
    On on,
    SortedMap<String, Value> values,
    StudyTemplate template,
    boolean urgent,
    Optional<Tenant> tenant) {

  /** Which events are meant. */
  public sealed interface On {
    /**
     * Those that somebody tells.
     *
     * @param types of one of these types; of any, where empty
     * @param topics on one of these topics; on any, where empty
     * @param filter an expression of CloudEvents SQL
     * @param where a JSONPath over the data
     */
    record Told(
        List<String> types, List<String> topics, Optional<String> filter, Optional<String> where)
        implements On {
      /** Copies the lists. */
      public Told {
        types = List.copyOf(types);
        topics = List.copyOf(topics);
      }
    }

    /**
     * Those of a schedule.
     *
     * @param cron minute, hour, day of the month, month, day of the week
     * @param zone a time zone
     * @param missed for how long a time that passed while nobody looked is made up for
     */
    record Scheduled(String cron, String zone, Duration missed) implements On {}
  }

  /**
   * A part of the event.
   *
   * @param path a JSONPath
   * @param otherwise what it is where the event has none
   */
  public record Value(String path, Optional<JsonNode> otherwise) {}
}
