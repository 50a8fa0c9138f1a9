package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds what people call by the first digits of its digest. */
final class ByName {
  private static final String PREFIX = "sha256:";
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,64}");
  private static final int LENGTH = 64;
  private static final int MOST_CANDIDATES = 10;

  private ByName() {}

  /**
   * The only entry of {@code all} whose name begins with {@code name}.
   *
   * @param name hexadecimal digits, with or without {@code sha256:} before them
   * @param named what digits name
   * @param kind what is looked for, in messages
   * @throws RefusedException when there is none, or more than one
   */
  static <K, V> V find(
      NavigableMap<K, V> all, Function<Digest, K> named, String name, String kind) {
    String digits = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    if (!DIGITS.matcher(digits).matches()) {
      throw unknown(name, kind);
    }
    String rest = "0".repeat(LENGTH - digits.length());
    K first = named.apply(new Digest(digits + rest));
    K last = named.apply(new Digest(digits + rest.replace('0', 'f')));
    NavigableMap<K, V> found = all.subMap(first, true, last, true);
    if (found.isEmpty()) {
      throw unknown(name, kind);
    }
    if (found.size() > 1) {
      throw ambiguous(found, name, kind);
    }
    return found.firstEntry().getValue();
  }

  private static RefusedException unknown(String name, String kind) {
    return Problem.notFound("expected the digest of a " + kind + " on the log, got " + name)
        .refusal();
  }

  private static RefusedException ambiguous(NavigableMap<?, ?> found, String name, String kind) {
    List<String> candidates =
        found.keySet().stream().limit(MOST_CANDIDATES).map(Object::toString).toList();
    String detail =
        "expected the digits of one %s, got %s, which %d begin with"
            .formatted(kind, name, found.size());
    return new Problem(ProblemType.AMBIGUOUS_NAME, detail, candidates).refusal();
  }
}
