package dev.espalier.store;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.ArtifactsException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Artifacts in a bucket of an object store that speaks S3, one object each: {@code
 * <prefix>sha256/<first two digits>/<the other 62>}. Any number of threads and processes may share
 * it.
 *
 * <p>An object is whole or not there; the server checks what is sent, and whatever is read is
 * checked against its name. A put sends the bytes even if they are there, which makes the object
 * young and mends a damaged one. What fails for a passing reason is tried again a few times.
 */
public final class S3Artifacts implements ArtifactStore {
  private static final Logger LOG = LoggerFactory.getLogger(S3Artifacts.class);
  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final Duration PRECISION = Duration.ofSeconds(1); // of the times of objects
  private static final int TRIES = 5;
  private static final int LOOKS = 300;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final S3Client client;
  private final S3Address address;
  private final InstantSource clock;
  private final S3Upload upload;
  private final S3Marks marks;

  private S3Artifacts(S3Client client, S3Address address, InstantSource clock) {
    this.client = client;
    this.address = address;
    this.clock = clock;
    this.upload = new S3Upload(client, address.bucket());
    this.marks = new S3Marks(client, address, clock);
  }

  /**
   * The store at {@code address}.
   *
   * @throws ArtifactsException when its bucket is not there, not ours, or does not answer
   */
  static S3Artifacts at(
      S3Address address, AwsCredentialsProvider credentials, InstantSource clock) {
    S3Client client = S3Clients.client(address, credentials);
    try {
      client.headBucket(request -> request.bucket(address.bucket()));
    } catch (SdkException e) {
      client.close();
      throw S3Trouble.of("a bucket", address, e);
    }
    return new S3Artifacts(client, address, clock);
  }

  @Override
  public Digest put(byte[] bytes) {
    return put(List.of(MemorySegment.ofArray(bytes)));
  }

  @Override
  public Digest put(List<MemorySegment> parts) {
    Digest digest = Digest.of(parts);
    String what = "to keep the artifact " + digest;
    for (int tries = 0; tries < TRIES; tries++) {
      boolean stays =
          asking(
              what,
              () -> {
                upload.send(parts, digest, keyOf(digest));
                return staysAfterCollection(digest);
              });
      if (stays) {
        return digest;
      }
    }
    String message = "expected %s in %s, got collected again and again".formatted(what, address);
    throw new ArtifactsException.Unreachable(message, new IllegalStateException(message));
  }

  private boolean staysAfterCollection(Digest digest) {
    for (int looks = 0; looks < LOOKS; looks++) {
      if (!marks.has(digest)) {
        return touched(digest).isPresent();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return false;
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    return read(digest, bytes -> bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public <T> Optional<T> read(Digest digest, Function<MemorySegment, T> reader) {
    try (Arena arena = Arena.ofConfined()) {
      Optional<MemorySegment> bytes =
          asking("to read the artifact " + digest, () -> fetch(digest, arena));
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      if (Digest.of(List.of(bytes.get())).equals(digest)) {
        return Optional.of(reader.apply(bytes.get()));
      }
      LOG.atError()
          .addKeyValue("artifact", digest)
          .addKeyValue("object", keyOf(digest))
          .addKeyValue("store", address)
          .addKeyValue("bytes", bytes.get().byteSize())
          .log("damaged artifact: its bytes do not match its name; it counts as missing");
      return Optional.empty();
    }
  }

  private Optional<MemorySegment> fetch(Digest digest, Arena arena) {
    ResponseTransformer<GetObjectResponse, MemorySegment> copy =
        (answer, stream) -> copy(stream, answer.contentLength(), arena);
    try {
      return Optional.of(
          client.getObject(request -> request.bucket(address.bucket()).key(keyOf(digest)), copy));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  private static MemorySegment copy(InputStream stream, long size, Arena arena) {
    MemorySegment bytes = arena.allocate(Math.max(1, size)).asSlice(0, size);
    byte[] piece = new byte[1 << 16];
    try {
      for (long at = 0; at < size; ) {
        int read = stream.read(piece, 0, (int) Math.min(piece.length, size - at));
        if (read < 0) {
          throw RetryableException.create(
              "expected %d bytes, got %d before the end".formatted(size, at));
        }
        MemorySegment.copy(piece, 0, bytes, ValueLayout.JAVA_BYTE, at, read);
        at += read;
      }
    } catch (IOException e) {
      throw RetryableException.create("expected to read on, got " + e, e);
    }
    return bytes;
  }

  @Override
  public void delete(Digest digest) {
    asking("to delete the artifact " + digest, () -> remove(digest));
  }

  private boolean remove(Digest digest) {
    client.deleteObject(request -> request.bucket(address.bucket()).key(keyOf(digest)));
    return true;
  }

  @Override
  public void visit(Consumer<Blob> visitor) {
    asking(
        "to list the artifacts",
        () -> {
          client
              .listObjectsV2Paginator(request -> request.bucket(address.bucket()).prefix(root()))
              .contents()
              .forEach(object -> blob(object).ifPresent(visitor));
          return true;
        });
  }

  private Optional<Blob> blob(S3Object object) {
    return Names.digest(object.key().substring(root().length()).replace("/", ""))
        .filter(digest -> keyOf(digest).equals(object.key()))
        .map(digest -> new Blob(digest, object.size(), object.lastModified()));
  }

  @Override
  public boolean collect(Digest digest, Instant before) {
    return asking(
        "to collect the artifact " + digest,
        () -> isOlder(digest, before) && collectMarked(digest, before));
  }

  private boolean collectMarked(Digest digest, Instant before) {
    Instant late = clock.instant().plus(S3Marks.LIFETIME.dividedBy(2));
    String mark = marks.mark(digest);
    try {
      return isOlder(digest, before) && clock.instant().isBefore(late) && remove(digest);
    } finally {
      marks.unmark(mark);
    }
  }

  private boolean isOlder(Digest digest, Instant before) {
    return touched(digest).filter(touched -> touched.plus(PRECISION).isBefore(before)).isPresent();
  }

  private Optional<Instant> touched(Digest digest) {
    try {
      return Optional.of(
          client
              .headObject(request -> request.bucket(address.bucket()).key(keyOf(digest)))
              .lastModified());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  @Override
  public void clearUnfinished() {
    Instant before = clock.instant().minus(ABANDONED);
    asking(
        "to clear away what was left unfinished",
        () -> {
          client
              .listMultipartUploadsPaginator(
                  request -> request.bucket(address.bucket()).prefix(root()))
              .uploads()
              .stream()
              .filter(begun -> begun.initiated().isBefore(before))
              .forEach(this::abort);
          marks.clear();
          return true;
        });
  }

  private void abort(MultipartUpload begun) {
    client.abortMultipartUpload(
        request -> request.bucket(address.bucket()).key(begun.key()).uploadId(begun.uploadId()));
  }

  private <T> T asking(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw S3Trouble.of(what, address, e);
    }
  }

  private String root() {
    return address.key(Names.ROOT + "/");
  }

  private String keyOf(Digest digest) {
    return root() + Names.folder(digest) + "/" + Names.file(digest);
  }

  /** Lets the connections go. */
  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "artifacts in " + address;
  }
}
