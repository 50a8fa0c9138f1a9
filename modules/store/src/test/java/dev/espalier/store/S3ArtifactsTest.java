package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.ArtifactsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ArtifactsTest extends ArtifactsContract {
  private static final InstantSource SYSTEM = InstantSource.system();
  private static final InstantSource IN_TWO_DAYS = InstantSource.offset(SYSTEM, Duration.ofDays(2));
  private static final int MEBIBYTE = 1 << 20;

  private S3Server server;
  private String prefix;
  private ArtifactStore store;

  @BeforeAll
  void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void openEmpty() {
    prefix = "runs/" + UUID.randomUUID() + "/";
    store = server.open(prefix, SYSTEM);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  ArtifactStore open() {
    return store;
  }

  @Override
  void damage(Digest digest, byte[] bytes) {
    server
        .client()
        .putObject(
            request -> request.bucket(S3Server.BUCKET).key(key(digest)),
            RequestBody.fromBytes(bytes));
  }

  @Test
  void theKeyIsTheDigestUnderThePrefix() {
    store.put(BYTES);

    assertThat(isThere(prefix + "sha256/" + Names.folder(DIGEST) + "/" + Names.file(DIGEST)))
        .isTrue();
  }

  @Test
  void aLargeArtifactIsSentInParts() {
    byte[] bytes = bytes(17 * MEBIBYTE + 3);
    MemorySegment whole = MemorySegment.ofArray(bytes);

    Digest digest = store.put(List.of(whole.asSlice(0, MEBIBYTE + 1), whole.asSlice(MEBIBYTE + 1)));

    assertThat(store.read(digest, MemorySegment::byteSize)).hasValue((long) bytes.length);
    assertThat(head(key(digest)).eTag()).contains("-3");
    assertThat(unfinished()).isZero();
  }

  @Test
  void whatCannotBeSentWhollyIsTakenBack() {
    byte[] first = bytes(9 * MEBIBYTE);
    S3Upload upload = new S3Upload(server.client(), S3Server.BUCKET);
    MemorySegment gone;
    try (Arena arena = Arena.ofShared()) {
      gone = arena.allocate(MEBIBYTE);
    }
    List<MemorySegment> parts = List.of(MemorySegment.ofArray(first), gone);

    assertThatThrownBy(() -> upload.send(parts, DIGEST, key(DIGEST)))
        .hasStackTraceContaining("closed");

    assertThat(unfinished()).isZero();
    assertThat(store.get(DIGEST)).isEmpty();
  }

  @Test
  void whatIsCollectedWhileItIsPutIsSentAgain() throws Exception {
    S3Marks marks = new S3Marks(server.client(), server.address(prefix), SYSTEM);
    String mark = marks.mark(DIGEST);
    CompletableFuture<Digest> put = CompletableFuture.supplyAsync(() -> store.put(BYTES));
    while (!isThere(key(DIGEST))) {
      Thread.onSpinWait();
    }

    // What a collector does that looked before the put.
    store.delete(DIGEST);
    marks.unmark(mark);

    assertThat(put.get(2, TimeUnit.MINUTES)).isEqualTo(DIGEST);
    assertThat(store.get(DIGEST)).hasValue(BYTES);
  }

  @Test
  void aMarkThatACrashLeftHoldsNothingUpAndIsClearedAway() {
    S3Marks later = new S3Marks(server.client(), server.address(prefix), IN_TWO_DAYS);
    String mark = later.mark(DIGEST);
    try (ArtifactStore opened = server.open(prefix, IN_TWO_DAYS)) {
      opened.put(BYTES);
      opened.clearUnfinished();
    }

    assertThat(store.get(DIGEST)).hasValue(BYTES);
    assertThat(isThere(mark)).isFalse();
  }

  @Test
  void collectingLeavesNoMark() {
    store.put(BYTES);

    store.collect(DIGEST, IN_TWO_DAYS.instant());

    assertThat(new S3Marks(server.client(), server.address(prefix), SYSTEM).has(DIGEST)).isFalse();
  }

  @Test
  void onlyUploadsOfLongAgoAreClearedAway() {
    server
        .client()
        .createMultipartUpload(request -> request.bucket(S3Server.BUCKET).key(key(DIGEST)));

    store.clearUnfinished();
    long young = unfinished();
    try (ArtifactStore later = server.open(prefix, IN_TWO_DAYS)) {
      later.clearUnfinished();
    }

    assertThat(young).isOne();
    assertThat(unfinished()).isZero();
  }

  @Test
  void credentialsComeFromWhereAmazonsToolsHaveThem() {
    System.setProperty("aws.accessKeyId", S3Server.USER);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    S3Address address = server.address(prefix);
    String text =
        "s3://%s/%s?endpoint=%s&pathStyle=true"
            .formatted(address.bucket(), prefix, address.endpoint().orElseThrow());
    try (ArtifactStore opened = Stores.open(text)) {
      opened.put(BYTES);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }

    assertThat(store.get(DIGEST)).hasValue(BYTES);
  }

  @Test
  void aStoreThatDoesNotLetUsInSaysSoWithoutSecrets() {
    assertThatThrownBy(
            () ->
                S3Artifacts.at(
                    server.address(prefix), S3Server.credentials("another-secret"), SYSTEM))
        .isInstanceOf(ArtifactsException.Refused.class)
        .hasMessageContaining("s3://nets/")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    S3Address here = server.address(prefix);
    S3Address other =
        new S3Address("no-nets", "", here.endpoint(), here.region(), here.pathStyle());

    assertThatThrownBy(() -> S3Artifacts.at(other, S3Server.credentials(S3Server.SECRET), SYSTEM))
        .isInstanceOf(ArtifactsException.Refused.class)
        .hasMessageContaining("s3://no-nets/");
  }

  @Test
  void aServerThatDoesNotAnswerIsUnreachable() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    S3Address nowhere =
        S3Address.parse("s3://nets?endpoint=http://127.0.0.1:" + closed + "&pathStyle=true");

    assertThatThrownBy(() -> S3Artifacts.at(nowhere, S3Server.credentials(S3Server.SECRET), SYSTEM))
        .isInstanceOf(ArtifactsException.Unreachable.class)
        .hasMessageContaining("127.0.0.1:" + closed);
  }

  private String key(Digest digest) {
    return prefix + "sha256/" + Names.folder(digest) + "/" + Names.file(digest);
  }

  private boolean isThere(String key) {
    try {
      return head(key).contentLength() >= 0;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  private HeadObjectResponse head(String key) {
    return server.client().headObject(request -> request.bucket(S3Server.BUCKET).key(key));
  }

  private long unfinished() {
    return server
        .client()
        .listMultipartUploads(request -> request.bucket(S3Server.BUCKET).prefix(prefix))
        .uploads()
        .size();
  }
}
