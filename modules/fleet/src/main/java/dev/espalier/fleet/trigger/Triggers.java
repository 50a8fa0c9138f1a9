package dev.espalier.fleet.trigger;

import dev.espalier.fleet.trigger.Trigger.Occasion;
import dev.espalier.fleet.trigger.Trigger.Value;
import dev.espalier.wire.TriggerEntry;
import dev.espalier.wire.TriggerEntry.On;
import dev.espalier.wire.TriggersFile;
import dev.espalier.wire.TriggersFile.Format;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which events start which studies. Says always the same of the same event. */
public final class Triggers {
  private static final int LONGEST_REASON = 2_000;

  private final List<Trigger> triggers;
  private final SortedMap<String, Format> topics;

  private Triggers(List<Trigger> triggers, SortedMap<String, Format> topics) {
    this.triggers = List.copyOf(triggers);
    this.topics = topics;
  }

  /**
   * The triggers of a file.
   *
   * @throws dev.espalier.wire.InvalidStudyException when an expression is none, with the line of
   *     each that is not, what was expected and what came
   */
  public static Triggers of(TriggersFile file) {
    Compiling compiling = new Compiling();
    List<Trigger> triggers = file.triggers().stream().map(compiling::trigger).toList();
    if (!compiling.complaints.isEmpty()) {
      throw file.refusal(compiling.complaints);
    }
    return new Triggers(triggers, file.topics());
  }

  /** Reads the expressions of a file, and gathers what is wrong with them. */
  private static final class Compiling {
    private static final Path NOTHING = Path.parse("$");

    private final SortedMap<String, String> complaints = new TreeMap<>();

    Trigger trigger(TriggerEntry entry) {
      SortedMap<String, Value> values = new TreeMap<>();
      entry
          .values()
          .forEach(
              (name, value) ->
                  values.put(
                      name,
                      new Value(
                          parsed(entry.pointer() + "/values/" + name, value.path(), Path::parse)
                              .orElse(NOTHING),
                          value.otherwise())));
      return new Trigger(
          entry.name(), occasion(entry), values, entry.template(), entry.urgent(), entry.tenant());
    }

    private Occasion occasion(TriggerEntry entry) {
      String pointer = entry.pointer() + "/on";
      return switch (entry.on()) {
        case On.Told told ->
            new Occasion.Told(
                new Condition(
                    told.types(),
                    told.topics(),
                    told.filter().flatMap(text -> parsed(pointer + "/filter", text, Filter::parse)),
                    told.where().flatMap(text -> parsed(pointer + "/where", text, Path::parse))));
        case On.Scheduled planned ->
            this.<Occasion>parsed(
                    pointer + "/schedule",
                    planned.cron(),
                    cron ->
                        new Occasion.Planned(
                            Schedule.parse(entry.name(), cron, planned.zone(), planned.missed())))
                .orElseGet(
                    () ->
                        new Occasion.Told(
                            new Condition(
                                List.of(), List.of(), Optional.empty(), Optional.empty())));
      };
    }

    private <T> Optional<T> parsed(String pointer, String text, Function<String, T> parse) {
      try {
        return Optional.of(parse.apply(text));
      } catch (IllegalArgumentException e) {
        complaints.put(pointer, String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }
  }

  /** The topics that are read besides what is posted, and what stands on them. */
  public SortedMap<String, Format> topics() {
    return topics;
  }

  /** What an event does: the first trigger that means it decides. */
  public Plan plan(Incoming incoming) {
    EventTree tree = EventTree.of(incoming.event());
    List<String> reasons = new ArrayList<>();
    for (Trigger trigger : triggers) {
      Optional<String> whyNot = trigger.whyNot(incoming, tree);
      if (whyNot.isEmpty()) {
        return trigger.plan(tree);
      }
      reasons.add(trigger.name() + ": " + whyNot.get());
    }
    String reason = String.join("; ", reasons);
    return new Plan.Nothing(
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…");
  }

  /** Those that start by themselves. */
  Stream<Trigger> planned() {
    return triggers.stream().filter(trigger -> trigger.occasion() instanceof Occasion.Planned);
  }

  /** Each, as it is shown. */
  public List<TriggerLine> lines(Instant now) {
    return triggers.stream().map(trigger -> TriggerLine.of(trigger, now)).toList();
  }
}
