package dev.espalier.fleet.gateway;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problems that a gateway tells of; their addresses never change. */
enum ProblemType {
  /** {@code /problems/bad-request}. */
  BAD_REQUEST(400, "Bad request", "The request is not one of HTTP, or its address has no meaning."),
  /** {@code /problems/unknown-parameter}. */
  UNKNOWN_PARAMETER(
      400,
      "Unknown parameter",
      "A query parameter has a name that this route does not know, or is there more than once."),
  /** {@code /problems/invalid-parameter}. */
  INVALID_PARAMETER(
      400, "Invalid parameter", "A parameter or header has a value that it cannot have."),
  /** {@code /problems/ambiguous-name}. */
  AMBIGUOUS_NAME(
      400,
      "Ambiguous name",
      "Several digests begin like this; the member candidates holds ten of them at most."),
  /** {@code /problems/different-networks}. */
  DIFFERENT_NETWORKS(
      400, "Different networks", "The masks are of different networks: tensors or shapes differ."),
  /** {@code /problems/not-a-study}. */
  NOT_A_STUDY(400, "Not a study", "The body describes no study; the detail says why, by line."),
  /** {@code /problems/not-an-event}. */
  NOT_AN_EVENT(400, "Not an event", "The request holds no CloudEvent; the detail says why."),
  /** {@code /problems/data-missing}. */
  DATA_MISSING(400, "Data are not here", "The study's data are not where the gateway looks."),
  /** {@code /problems/foreign-page}. */
  FOREIGN_PAGE(403, "Foreign page", "A page of another site has a browser ask for a change."),
  /** {@code /problems/not-found}. */
  NOT_FOUND(404, "Not found", "Nothing of this name is served, or stands on the log."),
  /** {@code /problems/method-not-allowed}. */
  METHOD_NOT_ALLOWED(
      405, "Method not allowed", "The address exists; the header Allow names its methods."),
  /** {@code /problems/not-to-be-settled}. */
  NOT_TO_BE_SETTLED(
      409,
      "Not to be settled",
      "The dead letter cannot be requeued as things stand; the detail says why."),
  /** {@code /problems/too-large}. */
  TOO_LARGE(413, "Too large", "The body has more bytes than this route takes."),
  /** {@code /problems/address-too-long}. */
  ADDRESS_TOO_LONG(414, "Address too long", "The first line of the request is too long."),
  /** {@code /problems/unsupported-media-type}. */
  UNSUPPORTED_MEDIA_TYPE(
      415, "Unsupported media type", "The body is of a type or coding that is not taken here."),
  /** {@code /problems/range-not-satisfiable}. */
  RANGE_NOT_SATISFIABLE(
      416, "Range not satisfiable", "The range begins behind the last of the bytes."),
  /** {@code /problems/idempotency-key-reused}. */
  IDEMPOTENCY_KEY_REUSED(
      422, "Idempotency key reused", "The key came before, with another body or another type."),
  /** {@code /problems/headers-too-large}. */
  HEADERS_TOO_LARGE(431, "Headers too large", "The headers of the request are too long together."),
  /** {@code /problems/internal-error}. */
  INTERNAL_ERROR(500, "Internal error", "The gateway met what it did not expect; its log says it."),
  /** {@code /problems/log-unreachable}. */
  LOG_UNREACHABLE(503, "Log unreachable", "The event log does not answer; try again later."),
  /** {@code /problems/too-many-readers}. */
  TOO_MANY_READERS(503, "Too many readers", "The gateway serves as many streams as it will."),
  /** {@code /problems/too-many-downloads}. */
  TOO_MANY_DOWNLOADS(
      503, "Too many downloads", "The gateway serves as many artifacts as it will at a time."),
  /** {@code /problems/no-triggers}. */
  NO_TRIGGERS(503, "No triggers", "The gateway was given no triggers: nobody would heed events."),
  /** {@code /problems/store-unreachable}. */
  STORE_UNREACHABLE(503, "Store unreachable", "The store of artifacts cannot be used now.");

  private static final String FOLDER = "/problems/";

  private final int status;
  private final String title;
  private final String meaning;

  ProblemType(int status, String title, String meaning) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
  }

  /** The type whose address ends with {@code name}; empty when there is none. */
  static Optional<ProblemType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.uri().equals(FOLDER + name)).findFirst();
  }

  /** Its address, relative to the gateway. */
  String uri() {
    return FOLDER + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The HTTP status that goes with it. */
  int status() {
    return status;
  }

  /** What it is called. */
  String title() {
    return title;
  }

  /** When it is met, in a sentence. */
  String meaning() {
    return meaning;
  }
}
