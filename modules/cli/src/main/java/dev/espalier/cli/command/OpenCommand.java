package dev.espalier.cli.command;

import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.Studies;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier open}: the page of a gateway. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Prints the address of a gateway's page, or of a study's, and opens it in a browser where"
            + " there is a desktop with xdg-open.")
final class OpenCommand implements Callable<Integer> {
  private static final String OPENER = "xdg-open";

  @Parameters(
      arity = "0..1",
      paramLabel = "STUDY",
      description = "The study's digest, or the beginning of it, or what people call it.")
  private Optional<String> study = Optional.empty();

  @Option(names = "--print", description = "Only prints the address.")
  private boolean onlyPrints;

  @Mixin private final GatewayOptions gateway;
  private final Terminal terminal;

  OpenCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    try (Gateway client = gateway.open()) {
      String view = study.map(word -> "#/studies/" + Studies.named(client, word)).orElse("");
      String address = client.address() + view;
      terminal.out().println(address);
      if (!onlyPrints && hasDesktop()) {
        opener().ifPresent(program -> start(program, address));
      }
      return Exit.OK;
    }
  }

  private boolean hasDesktop() {
    return Stream.of("DISPLAY", "WAYLAND_DISPLAY")
        .anyMatch(name -> !terminal.environment().getOrDefault(name, "").isEmpty());
  }

  private Optional<Path> opener() {
    return Stream.of(terminal.environment().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, OPENER))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void start(Path program, String address) {
    try {
      new ProcessBuilder(program.toString(), address)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      terminal.err().println("espalier: no browser could be opened: " + e.getMessage());
    }
  }
}
