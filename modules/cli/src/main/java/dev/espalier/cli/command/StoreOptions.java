package dev.espalier.cli.command;

import dev.espalier.cli.session.Settings;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.store.ArtifactStore;
import dev.espalier.store.Stores;
import picocli.CommandLine.Option;

/** Where the artifacts of a fleet are. */
final class StoreOptions {
  @Option(
      names = "--store",
      paramLabel = "PLACE",
      defaultValue = ".espalier/" + Settings.ARTIFACTS,
      description = "Where the fleet keeps artifacts (default: ${DEFAULT-VALUE}).")
  private String store = ".espalier/" + Settings.ARTIFACTS;

  /**
   * Opens it.
   *
   * @throws RefusedException when it is not there, or at no address of a store
   */
  ArtifactStore open() {
    try {
      return Stores.open(store);
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    } catch (ArtifactsException e) {
      throw RefusedException.environment(e);
    }
  }
}
