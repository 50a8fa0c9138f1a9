package dev.espalier.cli.command;

import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.Studies;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Which study is meant. */
final class StudyName {
  @Parameters(
      paramLabel = "STUDY",
      description = "The study's digest, or the beginning of it, or what people call it.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in: the parameter is required
  private String study;

  /**
   * The newest wish for it.
   *
   * @throws RefusedException when it is none or several of those in {@code standings}
   */
  StudyWished in(Standings standings) {
    List<StudyWished> alike = standings.studies().values().stream().filter(this::isMeant).toList();
    if (alike.size() != 1) {
      throw RefusedException.usage(
          "expected one study on the log that is %s, got %s"
              .formatted(
                  study,
                  alike.isEmpty() ? "none" : alike.stream().map(StudyWished::study).toList()));
    }
    return alike.getFirst();
  }

  /**
   * The path of it on {@code gateway}.
   *
   * @throws dev.espalier.cli.client.GatewayException when it is none or several of its studies
   */
  String pathOn(Gateway gateway) {
    return "/api/studies/" + on(gateway);
  }

  /**
   * The digest of it on {@code gateway}.
   *
   * @throws dev.espalier.cli.client.GatewayException as {@link #pathOn}
   */
  String on(Gateway gateway) {
    return Studies.named(gateway, study);
  }

  private boolean isMeant(StudyWished wished) {
    return wished.name().equals(study)
        || wished.study().toString().startsWith(study)
        || wished.study().digest().hex().startsWith(study);
  }
}
