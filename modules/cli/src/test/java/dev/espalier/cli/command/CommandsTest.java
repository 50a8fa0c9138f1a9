package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.espalier.domain.study.DataSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final String STUDY =
      """
      name: small
      data: {name: glyphs, train: 64, test: 32}
      network: resnet8
      training: {epochs: 1, batch: 32}
      pruning: {rounds: 1, rewind: 1it}
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withoutACommandTheUsageIsShown() {
    assertThat(run()).isEqualTo(2);
    assertThat(complaint()).startsWith("expected a command").contains("Usage: espalier");
  }

  @Test
  void helpNamesCommandsAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(answer()).contains("run ", "validate ", "bench ", "Exit codes:", "130 ");
  }

  @Test
  void presetsAreListedWithTheirSources() {
    assertThat(run("presets")).isZero();
    assertThat(answer())
        .contains("caron2020/cifar10-rotation")
        .contains("rotation, 160 epochs with batches of 512")
        .contains("arXiv 2001.03554, supplement 6.4");
  }

  @Test
  void theVersionNamesItsJava() {
    assertThat(run("--version")).isZero();
    assertThat(answer()).contains("espalier", "Java 25");
  }

  @Test
  void anUnknownOptionIsNamedWithWhatIsLikeIt() {
    assertThat(run("run", "study.yaml", "--slot=2")).isEqualTo(2);
    assertThat(complaint()).contains("--slot").contains("--slots");
  }

  @Test
  void anUnknownProviderIsRefusedWithThoseThatThereAre() {
    assertThat(run("run", "study.yaml", "--provider", "abacus")).isEqualTo(2);
    assertThat(complaint()).contains("onednn, nd4j").contains("abacus");
  }

  @Test
  void slotsMustBeAtLeastOne() throws IOException {
    assertThat(run("run", study(STUDY), "--work", folder.toString(), "--slots", "0")).isEqualTo(2);
    assertThat(complaint()).contains("at least 1 slot");
  }

  @Test
  void aStudyThatIsNotThereIsNamed() {
    assertThat(run("validate", "nowhere.yaml")).isEqualTo(2);
    assertThat(complaint()).contains("there is no nowhere.yaml");
  }

  @Test
  void aMistakeInAStudyIsNamedWithItsLine() throws IOException {
    assertThat(run("validate", study(STUDY.replace("epochs:", "epoch:")))).isEqualTo(2);
    assertThat(complaint()).contains("line 4").contains("epochs");
  }

  @Test
  void missingDataAreAMatterOfTheMachine() throws IOException {
    String cifar10 = STUDY.replace("name: glyphs", "name: cifar10");

    assertThat(run("validate", study(cifar10), "--data", "cifar10=" + folder)).isEqualTo(3);
    assertThat(complaint()).contains(folder.toString());
  }

  @Test
  void aDataSetWithoutAFolderIsAskedFor() throws IOException {
    assumeThat(System.getenv("ESPALIER_DATA")).isNull();

    assertThat(run("validate", study(STUDY.replace("name: glyphs", "name: cifar10")))).isEqualTo(3);
    assertThat(complaint()).contains("--data cifar10=DIR").contains("ESPALIER_DATA");
  }

  @Test
  void anUnknownDataSetCannotBePlaced() throws IOException {
    assertThat(run("validate", study(STUDY), "--data", "imagenet=.")).isEqualTo(2);
    assertThat(complaint()).contains("imagenet").contains("CIFAR10");
  }

  @Test
  void validatePrintsTheSameNameWhateverTheStudyIsCalled() throws IOException {
    assertThat(run("validate", study(STUDY))).isZero();
    String name = answer().lines().findFirst().orElseThrow();
    out.reset();
    assertThat(run("validate", study(STUDY.replace("name: small", "name: other")))).isZero();

    assertThat(name).startsWith("small sha256:");
    assertThat(answer()).startsWith(name.replace("small", "other"));
  }

  @Test
  void cifar10IsFoundUnderTheNamesThatPeopleUnpackItTo() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    assertThat(DataHome.in(folder)).containsEntry(DataSpec.Name.CIFAR10, folder);

    Files.createFile(inside.resolve("test_batch.bin"));
    assertThat(DataHome.in(folder)).containsEntry(DataSpec.Name.CIFAR10, inside);
  }

  @Test
  void everyDataSetThatIsReadFromFilesHasAHome() {
    assertThat(DataHome.in(folder).keySet())
        .containsExactly(
            DataSpec.Name.CIFAR10, DataSpec.Name.CIFAR100, DataSpec.Name.IDX, DataSpec.Name.FOLDER);
  }

  @Test
  void aGatewayForOtherMachinesIsRefusedWhileItAsksNobodyWhoTheyAre() {
    assertThat(run("gateway", "--kafka", "127.0.0.1:9", "--host", "0.0.0.0")).isEqualTo(2);
    assertThat(complaint()).contains("this machine alone").contains("got 0.0.0.0");
  }

  @Test
  void aBrokerOfOnesOwnAndThoseOfOthersExcludeEachOther() {
    assertThat(run("up", "--roles", "broker,worker", "--kafka", "127.0.0.1:9")).isEqualTo(2);
    assertThat(complaint()).contains("the role broker").contains("got both");
  }

  @Test
  void timesThatDoNotFitEachOtherAreRefused() {
    assertThat(run("worker", "--kafka", "127.0.0.1:9", "--lock", "5", "--checkpoints", "60"))
        .isEqualTo(2);
    assertThat(complaint()).contains("--checkpoints of 1 to 50 seconds with a --lock of 5");
  }

  @Test
  void anUnknownRoleIsRefusedWithThoseThatThereAre() {
    assertThat(run("up", "--roles", "gardener")).isEqualTo(2);
    assertThat(complaint()).contains("gardener").contains("planner");
  }

  @Test
  void withoutBrokersAndAGatewayNothingCanBeSubmitted() throws IOException {
    assumeThat(System.getenv("ESPALIER_KAFKA")).isNull();

    assertThat(ServedFleet.run(folder, Map.of(), "submit", study(STUDY)))
        .returns(2, ServedFleet.Ran::exitCode)
        .extracting(ServedFleet.Ran::complained)
        .asString()
        .contains("expected a gateway, got none: --gateway URL", "ESPALIER_GATEWAY");
  }

  @Test
  void aWrongClientPropertyIsRefusedWithoutItsValue() throws IOException {
    Path file = Files.writeString(folder.resolve("client"), "ssl.keystore.pasword=secret-1871\n");

    assertThat(run("topics", "--kafka", "127.0.0.1:9", "--kafka-config", file.toString()))
        .isEqualTo(2);
    assertThat(complaint())
        .contains("did you mean ssl.keystore.password?")
        .doesNotContain("secret-1871");
  }

  @Test
  void aLogThatCannotBeUsedIsOneLineOfComplaint() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("client"),
            """
            security.protocol=SSL
            ssl.keystore.location=nowhere.p12
            ssl.keystore.password=secret-1871
            """);

    assertThat(run("topics", "--kafka", "127.0.0.1:9", "--kafka-config", file.toString()))
        .isEqualTo(3);
    assertThat(complaint().lines().filter(line -> !line.contains("chmod")))
        .hasSize(1)
        .allMatch(line -> line.contains("127.0.0.1:9 (SSL)") && line.contains("nowhere.p12"));
    assertThat(complaint()).doesNotContain("secret-1871");
  }

  @Test
  void aclsArePrintedAsCommandsOfKafkas() {
    assertThat(run("acls", "--role", "worker", "--principal", "User:w", "--prefix", "lab"))
        .isZero();
    assertThat(answer())
        .startsWith("# worker")
        .contains(
            "kafka-acls.sh --bootstrap-server HOST:PORT --add --allow-principal 'User:w'"
                + " --operation Read --topic 'lab.tasks.cpu'\n")
        .contains("--transactional-id 'lab.sha256:' --resource-pattern-type prefixed")
        .doesNotContain("# planner");
  }

  private String study(String text) throws IOException {
    return Files.writeString(folder.resolve("study.yaml"), text).toString();
  }

  private int run(String... args) {
    return Commands.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String answer() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
