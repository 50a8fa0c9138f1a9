package dev.espalier.fleet.trigger;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.Result;
import java.util.Optional;
import java.util.stream.Collectors;

/** An expression of CloudEvents SQL over the attributes of events. */
final class Filter {
  private final String text;
  private final Expression expression;

  private Filter(String text, Expression expression) {
    this.text = text;
    this.expression = expression;
  }

  /**
   * The expression that {@code text} says.
   *
   * @throws IllegalArgumentException when it says none
   */
  static Filter parse(String text) {
    try {
      return new Filter(text, Parser.parseDefault(text));
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "expected an expression of CloudEvents SQL, got %s: %s".formatted(text, e.getMessage()),
          e);
    }
  }

  /** Why {@code event} is not meant; empty when it is. */
  Optional<String> whyNot(CloudEvent event) {
    try {
      return whyNot(expression.evaluate(event));
    } catch (RuntimeException e) {
      // The attributes are a stranger's, and what evaluates throws whatever it stumbles over.
      return Optional.of("expected %s, got %s".formatted(text, e));
    }
  }

  private Optional<String> whyNot(Result result) {
    if (Boolean.TRUE.equals(result.value()) && !result.isFailed()) {
      return Optional.empty();
    }
    String causes =
        result.causes().stream()
            .map(EvaluationException::getMessage)
            .collect(Collectors.joining("; "));
    return Optional.of(
        "expected %s, got %s%s"
            .formatted(text, result.value(), causes.isEmpty() ? "" : " (" + causes + ")"));
  }

  @Override
  public String toString() {
    return text;
  }
}
