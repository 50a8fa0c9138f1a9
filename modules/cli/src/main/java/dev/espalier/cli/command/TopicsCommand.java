package dev.espalier.cli.command;

import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Topics;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier topics}: brings a log into the state that a fleet expects. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Creates the topics of a fleet that are missing, and sets how tasks are shared out.",
      "Every role does so itself where it is allowed to; where it is not, this does, once."
    })
final class TopicsCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka;
  @Mixin private final SharingOptions sharing = new SharingOptions();
  private final PrintStream out;

  TopicsCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    Connection connection = kafka.connection();
    Topics.ensure(connection, sharing.sharing());
    Topic.ALL.forEach(topic -> out.println(topic.on(connection)));
    return Exit.OK;
  }
}
