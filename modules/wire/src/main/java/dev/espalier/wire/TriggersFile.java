package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.study.Tenant;
import dev.espalier.wire.SchemaCheck.Finding;
import dev.espalier.wire.TriggerEntry.On;
import dev.espalier.wire.TriggerEntry.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Triggers as a person writes them: YAML of the keys that {@code triggers-file.schema.json} knows,
 * which also states what a key that is left out means.
 *
 * <pre>
 * triggers:
 *   - name: prune-registered
 *     on: {type: org.example.checkpoint.registered}
 *     values: {seed: $.data.seed}
 *     study:
 *       data: glyphs
 *       network: resnet8
 *       seeds: ["${seed}"]
 *       training: {epochs: 4}
 *       pruning: {rounds: 3}
 * </pre>
 */
public final class TriggersFile {
  /** What {@code topics} of a trigger calls the events that are posted. */
  public static final String POSTED = "events";

  private static final String TOPICS = "topics";
  private static final String VALUES = "values";
  private static final String STUDY = "study";
  private static final String NETWORK = "network";
  private static final String SCHEDULE = "schedule";
  private static final Set<String> OF_SCHEDULES = Set.of(SCHEDULE, "zone", "missed");
  private static final Duration MISSED = Duration.ofHours(1);
  private static final SchemaCheck SCHEMA = new SchemaCheck("triggers-file");

  private final YamlTree yaml;
  private final String whereFrom;
  private final NetworkFiles files;
  private final List<TriggerEntry> triggers = new ArrayList<>();
  private final SortedMap<String, Format> topics = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** What stands on a topic. */
  public enum Format {
    /** CloudEvents in binary or structured mode. */
    CLOUDEVENTS,
    /** Notifications of an object store. */
    S3;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private TriggersFile(YamlTree yaml, String whereFrom, NetworkFiles files) {
    this.yaml = yaml;
    this.whereFrom = whereFrom;
    this.files = files;
  }

  /**
   * The triggers that {@code yaml} describes.
   *
   * @param whereFrom the file's name, for messages
   * @param files where the studies and networks are that it names, by path relative to it
   * @throws InvalidStudyException when it describes none, with the line of everything that is
   *     wrong, what was expected and what came
   */
  public static TriggersFile parse(String yaml, String whereFrom, NetworkFiles files) {
    TriggersFile file = new TriggersFile(YamlTree.parse(yaml, whereFrom), whereFrom, files);
    file.read();
    return file;
  }

  private void read() {
    findings.addAll(SCHEMA.findings(yaml.root()));
    refuse();
    for (Map.Entry<String, JsonNode> topic : yaml.root().path(TOPICS).properties()) {
      topics.put(
          topic.getKey(), Format.valueOf(topic.getValue().asText().toUpperCase(Locale.ROOT)));
    }
    Set<String> names = new HashSet<>();
    JsonNode entries = yaml.root().path("triggers");
    for (int i = 0; i < entries.size(); i++) {
      TriggerEntry entry = entry("/triggers/" + i, entries.get(i));
      if (!names.add(entry.name())) {
        complain(entry.pointer() + "/name", "each name once, got " + entry.name() + " again");
      }
      triggers.add(entry);
    }
    refuse();
  }

  private void refuse() {
    if (!findings.isEmpty()) {
      throw yaml.refusal(whereFrom, findings);
    }
  }

  private void complain(String pointer, String expected) {
    findings.add(new Finding(pointer, SchemaCheck.dotted(pointer) + ": expected " + expected));
  }

  private TriggerEntry entry(String pointer, JsonNode written) {
    String name = written.path("name").asText();
    SortedMap<String, Value> values = values(written.path(VALUES));
    StudyTemplate template = template(pointer + "/" + STUDY, name, written.path(STUDY));
    check(pointer, template, values);
    return new TriggerEntry(
        name,
        pointer,
        on(pointer + "/on", written.path("on")),
        Collections.unmodifiableSortedMap(values),
        template,
        written.has("priority"),
        text(written, "tenant").map(Tenant::new));
  }

  private On on(String pointer, JsonNode on) {
    for (Map.Entry<String, JsonNode> key : on.properties()) {
      if (OF_SCHEDULES.contains(key.getKey()) != on.has(SCHEDULE)) {
        complain(
            pointer + "/" + key.getKey(),
            "a schedule, or what tells events that somebody sends apart, got both");
      }
    }
    if (on.has(SCHEDULE)) {
      return new On.Scheduled(
          on.path(SCHEDULE).asText(), on.path("zone").asText("UTC"), missed(on.path("missed")));
    }
    for (JsonNode topic : on.path(TOPICS)) {
      if (!topics.containsKey(topic.asText()) && !topic.asText().equals(POSTED)) {
        complain(
            pointer + "/" + TOPICS,
            "%s or one of the topics %s, got %s"
                .formatted(POSTED, topics.keySet(), topic.asText()));
      }
    }
    return new On.Told(
        texts(on.path("type")), texts(on.path(TOPICS)), text(on, "filter"), text(on, "where"));
  }

  private static Duration missed(JsonNode written) {
    String text = written.asText();
    if (written.isMissingNode()) {
      return MISSED;
    }
    return text.equals("skip") ? Duration.ZERO : duration(text);
  }

  private static Duration duration(String text) {
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static List<String> texts(JsonNode written) {
    return written.isTextual()
        ? List.of(written.asText())
        : written.valueStream().map(JsonNode::asText).toList();
  }

  private static Optional<String> text(JsonNode parent, String key) {
    return parent.has(key) ? Optional.of(parent.path(key).asText()) : Optional.empty();
  }

  private static SortedMap<String, Value> values(JsonNode written) {
    SortedMap<String, Value> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : written.properties()) {
      JsonNode value = entry.getValue();
      values.put(
          entry.getKey(),
          value.isTextual()
              ? new Value(value.asText(), Optional.empty())
              : new Value(value.path("path").asText(), Optional.ofNullable(value.get("default"))));
    }
    return values;
  }

  private StudyTemplate template(String pointer, String name, JsonNode study) {
    if (!study.isTextual()) {
      return new StudyTemplate(yaml, pointer, whereFrom, name, networks(study));
    }
    String path = study.asText();
    Optional<String> text = files.text(path);
    if (text.isEmpty()) {
      complain(pointer, "a study file that can be read, got " + path);
      return new StudyTemplate(yaml, pointer, whereFrom, name, Map.of());
    }
    YamlTree own = YamlTree.parse(text.get(), path);
    return new StudyTemplate(own, "", path, name, networks(own.root()));
  }

  /** The network's file, where the template itself names one. */
  private Map<String, String> networks(JsonNode study) {
    String network = study.path(NETWORK).asText();
    return Optional.of(network)
        .filter(StudyFile::isNetworkFile)
        .flatMap(files::text)
        .map(text -> Map.of(network, text))
        .orElseGet(Map::of);
  }

  private void check(String pointer, StudyTemplate template, SortedMap<String, Value> values) {
    if (!findings.isEmpty()) {
      return;
    }
    template.check();
    Set<String> used = template.names();
    for (String name : used) {
      if (!values.containsKey(name)) {
        complain(
            pointer + "/" + STUDY,
            "${name} with a name among the values %s, got ${%s}".formatted(values.keySet(), name));
      }
    }
    for (String name : values.keySet()) {
      if (!used.contains(name)) {
        complain(
            pointer + "/" + VALUES + "/" + name, "a value that the study uses, as ${" + name + "}");
      }
    }
    if (findings.isEmpty()) {
      checkStudy(template, values);
    }
  }

  private static void checkStudy(StudyTemplate template, SortedMap<String, Value> values) {
    Map<String, JsonNode> usual = new HashMap<>();
    values.forEach((name, value) -> value.otherwise().ifPresent(node -> usual.put(name, node)));
    if (usual.keySet().containsAll(values.keySet())) {
      template.fill(usual);
    }
  }

  /** The topics that are read besides what is posted, and what stands on them. */
  public SortedMap<String, Format> topics() {
    return Collections.unmodifiableSortedMap(topics);
  }

  /** The triggers, in their order. */
  public List<TriggerEntry> triggers() {
    return List.copyOf(triggers);
  }

  /**
   * The exception that says what else is wrong.
   *
   * @param complaints by where in the file: what was expected and what came
   */
  public InvalidStudyException refusal(SortedMap<String, String> complaints) {
    List<Finding> found = new ArrayList<>();
    complaints.forEach(
        (pointer, text) ->
            found.add(new Finding(pointer, SchemaCheck.dotted(pointer) + ": " + text)));
    return yaml.refusal(whereFrom, found);
  }
}
