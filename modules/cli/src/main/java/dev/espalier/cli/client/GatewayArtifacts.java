package dev.espalier.cli.client;

import dev.espalier.cli.client.GatewayException.Kind;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.store.FileArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The masks of a gateway as artifacts, each fetched once: they are kept in a folder for as long as
 * this is open, and verified by their names.
 */
public final class GatewayArtifacts implements Artifacts, AutoCloseable {
  private final Gateway gateway;
  private final Path folder;
  private final FileArtifacts fetched;

  private GatewayArtifacts(Gateway gateway, Path folder) {
    this.gateway = gateway;
    this.folder = folder;
    this.fetched = FileArtifacts.in(folder);
  }

  /** Those of {@code gateway}; whoever opens this closes it. */
  public static GatewayArtifacts of(Gateway gateway) {
    try {
      return new GatewayArtifacts(gateway, Files.createTempDirectory("espalier-masks"));
    } catch (IOException e) {
      throw new UncheckedIOException("expected to make a folder for a while", e);
    }
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    Optional<byte[]> known = fetched.get(digest);
    return known.isPresent() ? known : fetch(digest);
  }

  private Optional<byte[]> fetch(Digest digest) {
    try {
      fetched.put(gateway.bytes("/api/masks/" + digest.hex() + "/bits"));
      return fetched.get(digest);
    } catch (GatewayException e) {
      if (e.kind() == Kind.UNKNOWN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Digest put(byte[] bytes) {
    throw new UnsupportedOperationException("a gateway is only read from");
  }

  @Override
  public void delete(Digest digest) {
    throw new UnsupportedOperationException("a gateway is only read from");
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("expected to delete " + folder, e);
    }
  }
}
