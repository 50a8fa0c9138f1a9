package dev.espalier.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a reader of some topics has got: of each of their partitions the offset that it reads
 * next. As text it is short, and means the same to every reader of the same topics of the same log.
 */
public final class Positions {
  /** Nowhere, on no log. */
  public static final Positions NONE = new Positions("", new TreeMap<>(byPlace()));

  private static final int LONGEST = 2_000; // characters

  private final String log;
  private final SortedMap<Topic, List<Long>> next;

  private Positions(String log, SortedMap<Topic, List<Long>> next) {
    this.log = log;
    this.next = next;
  }

  /**
   * The positions where {@code places} are read next, one of each partition of some topics.
   *
   * @param log what tells the log from others: letters, digits, {@code -} and {@code _}
   */
  public static Positions of(String log, Collection<Place> places) {
    SortedMap<Topic, List<Long>> next = new TreeMap<>(byPlace());
    places.stream()
        .sorted(Comparator.comparingInt(Place::partition))
        .forEach(
            place ->
                next.computeIfAbsent(place.topic(), _ -> new ArrayList<>()).add(place.offset()));
    next.replaceAll((_, offsets) -> List.copyOf(offsets));
    return new Positions(log, next);
  }

  /**
   * The positions that {@link #toString} wrote on the same log, by a reader of the same topics;
   * empty where {@code text} is anything else.
   */
  public Optional<Positions> parse(String text) {
    String[] parts = text.length() > LONGEST ? new String[0] : text.split(":", -1);
    if (parts.length != next.size() + 1 || !parts[0].equals(log)) {
      return Optional.empty();
    }
    SortedMap<Topic, List<Long>> read = new TreeMap<>(byPlace());
    int i = 1;
    for (Map.Entry<Topic, List<Long>> known : next.entrySet()) {
      Optional<List<Long>> offsets = offsets(parts[i++], known.getValue().size());
      if (offsets.isEmpty()) {
        return Optional.empty();
      }
      read.put(known.getKey(), offsets.get());
    }
    return Optional.of(new Positions(log, read));
  }

  private static Optional<List<Long>> offsets(String text, int partitions) {
    List<Long> offsets = new ArrayList<>();
    for (String offset : text.split(",", -1)) {
      if (!offset.matches("[0-9]{1,18}")) {
        return Optional.empty();
      }
      offsets.add(Long.parseLong(offset));
    }
    return Optional.of(offsets).filter(all -> all.size() == partitions);
  }

  private static Comparator<Topic> byPlace() {
    return Comparator.comparingInt(Topic.ALL::indexOf);
  }

  /** Whether what stands at {@code place} lies before. */
  public boolean includes(Place place) {
    return place.offset() < nextOf(place.topic(), place.partition());
  }

  /** Whether everything that lies before {@code other} lies before these, too. */
  public boolean reaches(Positions other) {
    return other.places().stream()
        .allMatch(place -> nextOf(place.topic(), place.partition()) >= place.offset());
  }

  /** Of each partition that is named here or in {@code other} the later of the two. */
  public Positions furthest(Positions other) {
    Map<Place, Long> later = new HashMap<>();
    Stream.concat(places().stream(), other.places().stream())
        .forEach(
            place ->
                later.merge(
                    new Place(place.topic(), place.partition(), 0), place.offset(), Math::max));
    return of(
        log.isEmpty() ? other.log : log,
        later.entrySet().stream()
            .map(at -> new Place(at.getKey().topic(), at.getKey().partition(), at.getValue()))
            .toList());
  }

  /** How many records lie between {@code earlier} and these, at most. */
  public long since(Positions earlier) {
    return places().stream()
        .mapToLong(place -> place.offset() - earlier.nextOf(place.topic(), place.partition()))
        .filter(records -> records > 0)
        .sum();
  }

  private long nextOf(Topic topic, int partition) {
    List<Long> offsets = next.getOrDefault(topic, List.of());
    return partition < offsets.size() ? offsets.get(partition) : 0;
  }

  /** The place that is read next in each partition. */
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    next.forEach(
        (topic, offsets) -> {
          for (int i = 0; i < offsets.size(); i++) {
            places.add(new Place(topic, i, offsets.get(i)));
          }
        });
    return places;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Positions other && log.equals(other.log) && next.equals(other.next);
  }

  @Override
  public int hashCode() {
    return Objects.hash(log, next);
  }

  /** Such as {@code kV3x9aBc:3:12:1,5,2,9}: the log, then topic by topic in their usual order. */
  @Override
  public String toString() {
    return log
        + next.values().stream()
            .map(offsets -> offsets.stream().map(String::valueOf).collect(Collectors.joining(",")))
            .map(offsets -> ":" + offsets)
            .collect(Collectors.joining());
  }
}
