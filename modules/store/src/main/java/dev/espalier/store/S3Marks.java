package dev.espalier.store;

import dev.espalier.domain.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Says which artifacts are being collected, by an object for each under {@code collecting/}: for a
 * put at the same time, since an object store has no way to delete only what is old.
 *
 * <p>A collector marks, looks at the age, deletes, unmarks; a put sends, waits until there is no
 * mark, looks whether the object is there. Whoever looks second sees what the other did, because an
 * object store shows what was written to whoever reads later.
 */
final class S3Marks {
  /** After so long a mark is what a crash left. Far longer than it takes to look and delete. */
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final String FOLDER = "collecting/";

  private final S3Client client;
  private final S3Address address;
  private final InstantSource clock;

  S3Marks(S3Client client, S3Address address, InstantSource clock) {
    this.client = client;
    this.address = address;
    this.clock = clock;
  }

  /** Marks {@code digest} and gives the key of the mark. */
  String mark(Digest digest) {
    String key = folderOf(digest) + UUID.randomUUID();
    client.putObject(
        request -> request.bucket(address.bucket()).key(key), RequestBody.fromBytes(new byte[0]));
    return key;
  }

  /** Takes a mark away. */
  void unmark(String key) {
    client.deleteObject(request -> request.bucket(address.bucket()).key(key));
  }

  /** Whether somebody is collecting {@code digest}. */
  boolean has(Digest digest) {
    Instant oldest = clock.instant().minus(LIFETIME);
    return client
        .listObjectsV2(request -> request.bucket(address.bucket()).prefix(folderOf(digest)))
        .contents()
        .stream()
        .anyMatch(mark -> mark.lastModified().isAfter(oldest));
  }

  /** Takes away what crashes left. */
  void clear() {
    Instant oldest = clock.instant().minus(LIFETIME);
    client
        .listObjectsV2Paginator(
            request -> request.bucket(address.bucket()).prefix(address.key(FOLDER)))
        .contents()
        .stream()
        .filter(mark -> mark.lastModified().isBefore(oldest))
        .forEach(mark -> unmark(mark.key()));
  }

  private String folderOf(Digest digest) {
    return address.key(FOLDER + digest.hex() + "/");
  }
}
