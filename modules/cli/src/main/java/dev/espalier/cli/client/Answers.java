package dev.espalier.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.espalier.cli.client.GatewayException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a gateway's answers mean, and what an answer of something else looks like. */
final class Answers {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PROBLEM = "application/problem+json";
  private static final Pattern NEXT = Pattern.compile("<(/[^>]*)>;\\s*rel=\"next\"");
  private static final int WRONG = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int BROKEN = 500;

  private final GatewayAddress address;

  Answers(GatewayAddress address) {
    this.address = address;
  }

  /** Whether {@code status} says that all is well. */
  static boolean isWell(int status) {
    return status >= 200 && status < 300;
  }

  /**
   * The JSON of an answer.
   *
   * @throws GatewayException when it is a problem, or not JSON
   */
  JsonNode json(int status, HttpHeaders headers, byte[] body) {
    if (!isWell(status) || !type(headers).startsWith("application/json")) {
      throw refusal(status, headers, body);
    }
    return parsed(body).orElseThrow(() -> stranger(status, headers));
  }

  /** The exception that says what an answer that is not well means. */
  GatewayException refusal(int status, HttpHeaders headers, byte[] body) {
    if (type(headers).startsWith(PROBLEM)) {
      return new GatewayException(kind(status), sentence(parsed(body).orElse(missing())));
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return new GatewayException(Kind.CLOSED, address + " lets nobody in without the right token");
    }
    return status >= BROKEN
        ? new GatewayException(Kind.AWAY, "expected an answer of " + address + ", got " + status)
        : stranger(status, headers);
  }

  private static JsonNode missing() {
    return MissingNode.getInstance();
  }

  private static Kind kind(int status) {
    return switch (status) {
      case NOT_FOUND -> Kind.UNKNOWN;
      case UNAUTHORIZED, FORBIDDEN -> Kind.CLOSED;
      case BROKEN -> Kind.BROKEN;
      default -> status < BROKEN && status >= WRONG ? Kind.REFUSED : Kind.AWAY;
    };
  }

  /** A title and a detail; the names that an ambiguous one may stand for behind them. */
  private static String sentence(JsonNode problem) {
    String text = problem.path("detail").asText(problem.path("title").asText("no reason given"));
    StringJoiner candidates = new StringJoiner(", ", ": ", "").setEmptyValue("");
    problem.path("candidates").forEach(candidate -> candidates.add(candidate.asText()));
    return text + candidates;
  }

  private GatewayException stranger(int status, HttpHeaders headers) {
    String type = type(headers).isEmpty() ? "nothing" : type(headers);
    return new GatewayException(
        Kind.CLOSED,
        "expected a gateway of Espalier at %s, got %d and %s of something else"
            .formatted(address, status, type));
  }

  private static String type(HttpHeaders headers) {
    return headers.firstValue("content-type").orElse("");
  }

  private static Optional<JsonNode> parsed(byte[] body) {
    try {
      return Optional.of(JSON.readTree(body)).filter(tree -> !tree.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of the part of a list behind that with {@code headers}; the last has none. */
  static Optional<String> next(HttpHeaders headers) {
    return headers.allValues("link").stream()
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(link -> link.group(1))
        .findFirst();
  }
}
