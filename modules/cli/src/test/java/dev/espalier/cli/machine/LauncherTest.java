package dev.espalier.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher on a build and a JDK that only say what they are asked. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../../espalier");
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      if [[ "$*" == *machine.Limits* ]]; then
        [[ "$*" == *--slots=0* ]] && { echo "espalier: expected a slot" >&2; exit 2; }
        printf '%s\\n' -Xmx77m "-Dword=two words" OMP_NUM_THREADS=3 GOMP_SPINCOUNT=1000
      else
        printf '%s\\n' "$@" "threads $OMP_NUM_THREADS" "spins $GOMP_SPINCOUNT"
      fi
      """;

  @TempDir private Path root;

  @BeforeEach
  void build() throws IOException {
    Path jdk = Files.createDirectories(root.resolve("jdk/bin"));
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable(jdk.resolve("java"), JAVA);
    executable(jdk.resolve("javac"), "#!/bin/sh\n");
    executable(root.resolve("espalier"), Files.readString(LAUNCHER));
    Files.createDirectories(root.resolve("modules/cli/src/main"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("modules/cli/pom.xml"), "");
    Path target = Files.createDirectories(root.resolve("modules/cli/target"));
    Files.writeString(target.resolve("espalier-cli.jar"), "");
    Files.writeString(target.resolve("classpath"), target.resolve("espalier-cli.jar") + "\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void javaIsStartedWithTheLimitsThatTheMachineAllows() throws Exception {
    Ran ran = run("run", "a study.yaml", "--threads=3");

    assertThat(ran.exitCode()).as(ran.said().toString()).isZero();
    assertThat(ran.said())
        .contains("-Xmx77m", "-Dword=two words", "threads 3", "spins 1000")
        .containsSubsequence("dev.espalier.cli.Espalier", "run", "a study.yaml", "--threads=3");
  }

  @Test
  void whatCannotBeIsRefusedBeforeJavaStarts() throws Exception {
    Ran ran = run("run", "study.yaml", "--slots=0");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.said()).containsExactly("espalier: expected a slot");
  }

  @Test
  void aClientOfAGatewayIsStartedAsFastAsCanBe() throws Exception {
    Ran ran = run("watch", "a study");

    assertThat(ran.exitCode()).as(ran.said().toString()).isZero();
    assertThat(ran.said())
        .contains("-XX:TieredStopAtLevel=1")
        .containsSubsequence("dev.espalier.cli.Espalier", "watch", "a study")
        .noneMatch(word -> word.contains("incubator") || word.contains("AOTCache"));
    Path warm = Files.writeString(root.resolve("modules/cli/target/client.aot"), "");
    assertThat(run("studies").said()).contains("-XX:AOTCache=" + warm.toRealPath());
    assertThat(run("pause", "a study", "--kafka=h:1").said())
        .contains("--add-modules=jdk.incubator.vector");
  }

  @Test
  void aRoleThatComputesNothingIsStartedWithWhatWasRemembered() throws Exception {
    Path warm = Files.writeString(root.resolve("modules/cli/target/gateway.aot"), "");
    Ran ran = run("gateway", "--kafka=h:1");

    assertThat(ran.exitCode()).as(ran.said().toString()).isZero();
    assertThat(ran.said())
        .contains("-XX:+UseParallelGC", "-XX:AOTCache=" + warm.toRealPath())
        .containsSubsequence("dev.espalier.cli.Espalier", "gateway", "--kafka=h:1")
        .noneMatch(word -> word.contains("incubator"));
  }

  private record Ran(int exitCode, List<String> said) {}

  private Ran run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("espalier").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said.lines().toList());
  }
}
