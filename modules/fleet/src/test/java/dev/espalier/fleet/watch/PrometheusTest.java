package dev.espalier.fleet.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and alerts by a real Prometheus. */
class PrometheusTest {
  @TempDir private Path folder;

  @Test
  @Timeout(600)
  void everyExpressionAnswersAndAlertsTellOfTrouble() throws Exception {
    Prometheus.assumeInstalled("prometheus");
    try (WatchedFleet fleet = WatchedFleet.start(folder);
        Prometheus prometheus = Prometheus.start(folder, fleet.address())) {
      fleet.workHalfway();

      for (Expression expression : Expression.ofDashboards()) {
        prometheus.await(expression.plain(), answer -> !answer.isEmpty());
      }
      for (Expression alert : Expression.ofAlerts()) {
        prometheus.await(alert.plain(), JsonNode::isEmpty);
      }
      writeGarbage(fleet);
      prometheus.awaitAlert("EspalierNoEvents");
      fleet.broker.stop();
      prometheus.awaitAlert("EspalierNotReady");
      fleet.broker.startAgain();
      fleet.bench.release();
      prometheus.await("espalier_ready == 1", answer -> !answer.isEmpty());
      fleet.leave();
      prometheus.awaitAlert("EspalierDown");
      prometheus.awaitAlert("EspalierNobodyPlans");
    }
  }

  private static void writeGarbage(WatchedFleet fleet)
      throws ExecutionException, InterruptedException {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", fleet.connection().bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] garbage = "no event".getBytes(StandardCharsets.UTF_8);
      RecordMetadata _ =
          producer.send(new ProducerRecord<>(Topic.METRICS.on(fleet.connection()), garbage)).get();
    }
  }

  @Test
  void everyAlertFiresOnItsFaultAndNotBefore() throws IOException {
    Prometheus.assumeInstalled("promtool");
    Process promtool =
        new ProcessBuilder(
                "promtool",
                "test",
                "rules",
                Expression.ALERTS.resolveSibling("alerts.test.yaml").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.onExit().join().exitValue()).as(said).isZero();
    assertThat(said).contains("SUCCESS");
  }
}
