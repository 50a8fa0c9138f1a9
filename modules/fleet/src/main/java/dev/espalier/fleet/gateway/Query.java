package dev.espalier.fleet.gateway;

import dev.espalier.fleet.view.Slice;
import dev.espalier.fleet.view.Window;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The parameters of a request, each read as what it has to be.
 *
 * <p>Whatever is wrong with one ends the request with {@link RefusedException}.
 */
record Query(RoutingContext context) {
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final int MOST = 1_000;

  /** The value of {@code name} as it came; empty when it did not. */
  Optional<String> text(String name) {
    return Optional.ofNullable(context.queryParams().get(name));
  }

  /** The one of {@code values} that is written as the value of {@code name}. */
  <E> Optional<E> choice(String name, E[] values) {
    return text(name)
        .map(
            came ->
                Arrays.stream(values)
                    .filter(value -> value.toString().equals(came))
                    .findFirst()
                    .orElseThrow(() -> refusal(name, "one of " + List.of(values), came)));
  }

  /** The part of a list that is asked for. */
  Window window() {
    return new Window(text(CURSOR).map(Query::decoded), limit());
  }

  private int limit() {
    String came = text(LIMIT).orElse(String.valueOf(MOST));
    try {
      int limit = Integer.parseInt(came);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw refusal(LIMIT, "1 to " + MOST, came);
    }
    throw refusal(LIMIT, "1 to " + MOST, came);
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badCursor(cursor);
    }
  }

  /** That {@code cursor} is none that this gateway gave. */
  static RefusedException badCursor(String cursor) {
    return refusal(CURSOR, "what a Link header gave for this list", cursor);
  }

  private static RefusedException refusal(String name, String expected, String came) {
    return Problem.invalidParameter("expected %s as %s, got %s".formatted(expected, name, came))
        .refusal();
  }

  /** Says in the answer where the part behind {@code slice} is, as RFC 8288 has it. */
  void link(Slice<?> slice) {
    slice.next().ifPresent(next -> context.response().putHeader("link", link(next)));
  }

  private String link(String next) {
    StringJoiner query = new StringJoiner("&", context.normalizedPath() + "?", "");
    for (Map.Entry<String, String> entry : context.queryParams()) {
      if (!entry.getKey().equals(CURSOR)) {
        query.add(pair(entry.getKey(), entry.getValue()));
      }
    }
    byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
    query.add(pair(CURSOR, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    return "<" + query + ">; rel=\"next\"";
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
