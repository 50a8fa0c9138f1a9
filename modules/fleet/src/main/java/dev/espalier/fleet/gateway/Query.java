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
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The parameters of a request, each read as what it has to be.
 *
 * <p>Whatever is wrong with one ends the request with {@link RefusedException}.
 */
record Query(RoutingContext context) {
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final int MOST = 1_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

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

  /** The value of {@code name}, which has to be there. */
  String required(String name) {
    return text(name).orElseThrow(() -> refusal(name, "a value", "none"));
  }

  /** The number that is the value of {@code name}; {@code otherwise} when none came. */
  int number(String name, int least, int most, int otherwise) {
    String came = text(name).orElse(String.valueOf(otherwise));
    int number = NUMBER.matcher(came).matches() ? Integer.parseInt(came) : -1;
    if (number < least || number > most) {
      throw refusal(name, least + " to " + most, came);
    }
    return number;
  }

  /** The part of a list that is asked for. */
  Window window() {
    return new Window(text(CURSOR).map(Query::decoded), limit());
  }

  /**
   * The part of a list that is asked for.
   *
   * @param list makes the part; throws {@link IllegalArgumentException} where a window begins
   *     behind what is no place
   */
  <T> Slice<T> slice(Function<Window, Slice<T>> list) {
    Window window = window();
    try {
      return list.apply(window);
    } catch (IllegalArgumentException e) {
      throw badCursor(window.after().orElse("none"));
    }
  }

  /** Answers with {@code slice} and says where the part behind it is. */
  static void answer(RoutingContext context, Slice<?> slice) {
    new Query(context).link(slice);
    Answer.with(context, slice.items());
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

  /**
   * The place that a cursor names by a number.
   *
   * @throws IllegalArgumentException when it names none
   */
  static long place(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElseThrow(() -> new IllegalArgumentException("expected a number, got " + text));
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
