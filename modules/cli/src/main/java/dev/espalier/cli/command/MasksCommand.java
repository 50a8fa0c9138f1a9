package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.report.AtomicFile;
import dev.espalier.cli.screen.MaskText;
import dev.espalier.domain.Digest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier masks}: what a study pruned. */
@Command(
    name = "masks",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the masks that a study found so far, and downloads them.")
final class MasksCommand implements Callable<Integer> {
  @Mixin private final StudyName study = new StudyName();
  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--download",
      paramLabel = "DIR",
      description =
          "Where each mask is written as a safetensors file that is named by its digest, of 1"
              + " (kept) and 0 (removed) under PyTorch's parameter names; those that are there"
              + " already are left.")
  private Optional<Path> folder = Optional.empty();

  private final Terminal terminal;

  MasksCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    try (Gateway client = gateway.open()) {
      List<JsonNode> masks = client.list("/api/masks?study=" + study.on(client));
      folder.ifPresent(place -> masks.forEach(mask -> download(client, mask, place)));
      if (json.isGiven()) {
        JsonOption.print(terminal.out(), masks);
      } else if (masks.isEmpty()) {
        terminal.out().println("no masks yet");
      } else {
        terminal.print(MaskText.table(masks));
      }
      return Exit.OK;
    } catch (UncheckedIOException e) {
      throw RefusedException.environment(e.getMessage() + ": " + e.getCause());
    }
  }

  private static void download(Gateway client, JsonNode mask, Path place) {
    Digest digest = Digest.parse(mask.path("digest").asText());
    Path file = place.resolve(digest.hex() + ".safetensors");
    if (!Files.exists(file)) {
      AtomicFile.write(file, client.bytes("/api/masks/" + digest.hex() + "/safetensors"));
    }
  }
}
