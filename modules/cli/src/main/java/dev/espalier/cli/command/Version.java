package dev.espalier.cli.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Espalier this is, on which Java. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"espalier " + version, "Java " + Runtime.version()};
  }
}
