package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bash completes with the script. */
class CompletionCommandTest {
  @TempDir private Path folder;

  @Test
  void bashCompletesCommandsOptionsAndTheirValues() throws Exception {
    String script = ServedFleet.run(folder, Map.of(), "completion", "bash").said();
    Files.writeString(folder.resolve("script"), script);

    assertThat(completed("wat")).isEqualTo("watch");
    assertThat(completed("st")).isEqualTo("studies");
    assertThat(completed("watch --gat")).isEqualTo("--gateway");
    assertThat(completed("logs --f")).isEqualTo("--follow");
    assertThat(completed("completion z")).isEqualTo("zsh");
    assertThat(completed("context rem")).isEqualTo("remove");
  }

  /** What bash makes of {@code line} behind the name of the command. */
  private String completed(String line) throws IOException, InterruptedException {
    String program =
        """
        source ./script
        COMP_WORDS=(espalier %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        function=$(complete -p espalier); function=${function#*-F }; ${function%%%% *} 2>refused
        echo "${COMPREPLY[*]}"
        """
            .formatted(line);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", program)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }
}
