package dev.espalier.store;

import dev.espalier.domain.task.ArtifactsException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Opens stores by their address. */
public final class Stores {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  private Stores() {}

  /**
   * The store at {@code address}: a folder, {@code file:/FOLDER}, or {@code
   * s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME&pathStyle=true]}, with credentials from where
   * Amazon's tools have theirs (environment, {@code ~/.aws}, container, machine).
   *
   * @throws IllegalArgumentException when it is no such address
   * @throws ArtifactsException when the store is not there or cannot be used
   */
  public static ArtifactStore open(String address) {
    if (address.startsWith(S3Address.SCHEME)) {
      return S3Artifacts.at(
          S3Address.parse(address),
          DefaultCredentialsProvider.builder().build(),
          InstantSource.system());
    }
    return FileArtifacts.in(folder(address));
  }

  private static Path folder(String address) {
    Matcher scheme = SCHEME.matcher(address);
    if (address.isBlank()) {
      throw wrong("nothing");
    }
    if (!scheme.matches()) {
      return Path.of(address);
    }
    if (!scheme.group(1).equals("file")) {
      throw wrong(scheme.group(1) + ":");
    }
    try {
      return Path.of(URI.create(address));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw wrong(address);
    }
  }

  private static IllegalArgumentException wrong(String came) {
    return new IllegalArgumentException(
        "expected a store in a folder, at file:/FOLDER or at s3://BUCKET/PREFIX, got " + came);
  }
}
