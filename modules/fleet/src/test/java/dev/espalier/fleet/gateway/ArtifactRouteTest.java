package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.ArtifactsException;
import dev.espalier.fleet.Samples;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.aggregator.Boards;
import dev.espalier.fleet.view.Views;
import dev.espalier.store.FileArtifacts;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactRouteTest {
  private static final byte[] BYTES = bytes(1_000_003);
  private static final Digest DIGEST = Digest.of(BYTES);
  private static final String PATH = "/api/artifacts/" + DIGEST;
  private static final int MOST_DOWNLOADS = 32;

  @TempDir private Path folder;
  private Optional<Doors> open = Optional.empty();

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Doors doors(Artifacts artifacts) throws TimeoutException {
    return doors(artifacts, Boards.of(List.of()));
  }

  private Doors doors(Artifacts artifacts, Board board) throws TimeoutException {
    Doors doors =
        new Doors(
            (vertx, router) ->
                new FindingRoutes(vertx, board, new Views(Samples.NAMING, 1), artifacts)
                    .mount(router));
    open = Optional.of(doors);
    return doors;
  }

  private FileArtifacts store() {
    FileArtifacts store = FileArtifacts.in(folder);
    store.put(BYTES);
    return store;
  }

  @AfterEach
  void close() throws TimeoutException {
    if (open.isPresent()) {
      open.get().close();
    }
  }

  @Test
  void anArtifactIsSentWholeWithItsNameAsTag() throws Exception {
    HttpResponse<byte[]> whole = doors(store()).get(PATH);

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(BYTES);
    assertThat(header(whole, "etag")).isEqualTo("\"" + DIGEST + "\"");
    assertThat(header(whole, "content-length")).isEqualTo("1000003");
    assertThat(header(whole, "accept-ranges")).isEqualTo("bytes");
    assertThat(header(whole, "cache-control")).contains("immutable");
    assertThat(header(whole, "content-disposition"))
        .isEqualTo("attachment; filename=\"artifact-%s.bin\"".formatted(DIGEST.brief()));
  }

  @Test
  void itsHeadTellsOfItAndSendsNothing() throws Exception {
    HttpResponse<byte[]> head = doors(store()).send("HEAD", PATH, "range", "bytes=0-9");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "content-length")).isEqualTo("1000003");
    assertThat(header(head, "etag")).contains(DIGEST.hex());
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0|0|1",
        "bytes=5-99|5|95",
        "bytes=999999-|999999|4",
        "bytes=-7|999996|7",
        "bytes=-5000000|0|1000003",
        "bytes=1000002-5000000|1000002|1",
        "bytes=0-|0|1000003"
      })
  void aRangeIsThatPartOfTheBytes(String range, int from, int length) throws Exception {
    HttpResponse<byte[]> part = doors(store()).get(PATH, "range", range);

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(BYTES, from, from + length));
    assertThat(header(part, "content-range"))
        .isEqualTo("bytes %d-%d/1000003".formatted(from, from + length - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000003-", "bytes=-0", "bytes=999999999999999999-"})
  void aRangeBehindTheEndIsRefusedWithTheSize(String range) throws Exception {
    HttpResponse<byte[]> refused = doors(store()).get(PATH, "range", range);

    assertThat(refused.statusCode()).isEqualTo(416);
    assertThat(header(refused, "content-range")).isEqualTo("bytes */1000003");
    assertThat(header(refused, "content-type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,5-6",
        "bytes=9-1",
        "bytes=-",
        "pages=1-2",
        "bytes=9999999999999999999-"
      })
  void aRangeThatIsNotUnderstoodIsPassedOver(String range) throws Exception {
    HttpResponse<byte[]> whole = doors(store()).get(PATH, "range", range);

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).hasSize(BYTES.length);
  }

  @Test
  void aRangeOfOtherBytesIsAnsweredWithAllOfThese() throws Exception {
    Doors doors = doors(store());

    assertThat(doors.get(PATH, "range", "bytes=0-9", "if-range", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(doors.get(PATH, "range", "bytes=0-9", "if-range", "\"" + DIGEST + "\"").statusCode())
        .isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"other\", \"%s\"", "*"})
  void whoHasTheBytesIsToldSo(String known) throws Exception {
    HttpResponse<byte[]> told = doors(store()).get(PATH, "if-none-match", known.formatted(DIGEST));

    assertThat(told.statusCode()).isEqualTo(304);
    assertThat(header(told, "etag")).contains(DIGEST.hex());
    assertThat(told.body()).isEmpty();
  }

  @Test
  void anEmptyArtifactIsSentToo() throws Exception {
    Digest empty = store().put(new byte[0]);
    Doors doors = doors(store());

    assertThat(doors.get("/api/artifacts/" + empty).body()).isEmpty();
    assertThat(doors.get("/api/artifacts/" + empty, "range", "bytes=0-").statusCode())
        .isEqualTo(416);
  }

  @Test
  void anArtifactThatTheLogNamesHasShortNamesAndAFileNamedAfterItsUse() throws Exception {
    FoundStudy study = new FoundStudy(Samples.study(1, 1L), _ -> false);
    FileArtifacts store = store();
    study.masks.values().forEach(mask -> store.put(mask.canonicalBytes()));
    Digest mask = study.mask(0).digest();

    HttpResponse<byte[]> found =
        doors(store, Boards.of(study.events)).get("/api/artifacts/" + mask.brief());

    assertThat(found.body()).isEqualTo(study.mask(0).canonicalBytes());
    assertThat(header(found, "content-disposition")).contains("mask-" + mask.brief());
    assertThat(header(found, "cache-control")).isEqualTo("no-cache");
  }

  @Test
  void aMissingAndADamagedArtifactAreNotFoundAndTheAnswerSaysWhy() throws Exception {
    FileArtifacts store = store();
    Path file = folder.resolve("sha256").resolve(DIGEST.hex().substring(0, 2));
    Files.writeString(file.resolve(DIGEST.hex().substring(2)), "damaged");
    Doors doors = doors(store);

    for (String path : List.of(PATH, PATH, "/api/artifacts/" + Samples.digest("nowhere"))) {
      HttpResponse<byte[]> missing = doors.get(path);
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(new String(missing.body(), StandardCharsets.UTF_8))
          .contains("expected an artifact that the store holds whole", "damaged");
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsToldOf() throws Exception {
    HttpResponse<byte[]> answer = doors(new Unreachable()).get(PATH);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("expected a disk");
  }

  @Test
  @Timeout(300)
  void readersThatStopReadingHinderNobodyAndGiveTheirPlaceBackWhenTheyHangUp() throws Exception {
    Doors doors = doors(new Large());
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < MOST_DOWNLOADS; i++) {
      Socket socket = doors.ask(PATH);
      idle.add(socket);
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    HttpResponse<byte[]> refused = doors.get(PATH);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(header(refused, "retry-after")).isEqualTo("1");
    assertThat(tail(idle.removeFirst())).isEqualTo(Large.LENGTH);
    for (Socket socket : idle) {
      socket.close();
    }
    while (doors.send("HEAD", PATH).statusCode() == 503) {
      Thread.onSpinWait();
    }
  }

  /** How long the body is of which the first byte of the head was read. */
  private static long tail(Socket socket) throws IOException {
    try (socket) {
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.length() - answer.indexOf("\r\n\r\n") - 4L;
    }
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** A store that holds one artifact under every name, more than a connection buffers. */
  private static final class Large implements Artifacts {
    private static final int LENGTH = 20_000_000;
    private final byte[] bytes = new byte[LENGTH];

    @Override
    public Digest put(byte[] other) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      return Optional.of(bytes);
    }

    @Override
    public void delete(Digest digest) {
      throw new UnsupportedOperationException();
    }
  }

  /** A store whose disk is away. */
  private static final class Unreachable implements Artifacts {
    @Override
    public Digest put(byte[] bytes) {
      throw away();
    }

    @Override
    public Optional<byte[]> get(Digest digest) {
      throw away();
    }

    @Override
    public void delete(Digest digest) {
      throw away();
    }

    private static ArtifactsException away() {
      return new ArtifactsException.Unreachable(
          "expected a disk, got none", new IOException("no disk"));
    }
  }
}
