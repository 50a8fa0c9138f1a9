package dev.espalier.store;

import dev.espalier.domain.task.ArtifactsException;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What is wrong with an object store, told from its answers. */
final class S3Trouble {
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final int SERVER_ERROR = 500;
  private static final int REQUEST_TIMEOUT = 408;
  private static final List<String> NOT_LET_IN =
      List.of("Unable to load credentials", "Unable to load region");

  private S3Trouble() {}

  /**
   * Why something could not be done.
   *
   * @param what what was to be done, as in "to read …"
   */
  static ArtifactsException of(String what, S3Address address, SdkException cause) {
    String message = "expected %s in %s, got %s".formatted(what, address, cause.getMessage());
    return switch (cause) {
      case AwsServiceException answer when isFull(answer) ->
          new ArtifactsException.Full(message, cause);
      case AwsServiceException answer when !isPassing(answer) ->
          new ArtifactsException.Refused(message, cause);
      case SdkException silence when isNotLetIn(silence) ->
          new ArtifactsException.Refused(message, cause);
      case SdkException other -> new ArtifactsException.Unreachable(message, cause);
    };
  }

  private static boolean isFull(AwsServiceException answer) {
    String code = code(answer);
    return answer.statusCode() == INSUFFICIENT_STORAGE
        || code.contains("full")
        || code.contains("quota")
        || code.contains("insufficientstorage");
  }

  private static boolean isPassing(AwsServiceException answer) {
    return answer.statusCode() >= SERVER_ERROR
        || answer.statusCode() == REQUEST_TIMEOUT
        || answer.isThrottlingException()
        || code(answer).equals("requesttimeout");
  }

  private static String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? ""
        : String.valueOf(answer.awsErrorDetails().errorCode()).toLowerCase(Locale.ROOT);
  }

  private static boolean isNotLetIn(SdkException silence) {
    String said = String.valueOf(silence.getMessage());
    return NOT_LET_IN.stream().anyMatch(said::startsWith);
  }
}
