package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.TaskStanding;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** The samples of a task, metric by metric. */
final class Samples {
  private final SortedMap<String, Column> columns = new TreeMap<>();

  /** The finite values of a metric, and where they were sampled. */
  private static final class Column {
    private final LongStream.Builder steps = LongStream.builder();
    private final DoubleStream.Builder values = DoubleStream.builder();
    private int notFinite;

    private void add(long step, double value) {
      if (Double.isFinite(value)) {
        steps.add(step);
        values.add(value);
      } else {
        notFinite++;
      }
    }

    private Series series(String metric, int most) {
      return Series.of(metric, steps.build().toArray(), values.build().toArray(), notFinite, most);
    }
  }

  private Samples() {}

  /** The samples of the task that stands so. */
  static Samples of(TaskStanding task) {
    Samples samples = new Samples();
    task.metrics().values().forEach(samples::add);
    return samples;
  }

  private void add(MetricSampled sample) {
    for (Map.Entry<String, Double> value : sample.values().entrySet()) {
      columns
          .computeIfAbsent(value.getKey(), _ -> new Column())
          .add(sample.step(), value.getValue());
    }
  }

  /** A series a metric, of at most {@code most} points each. */
  List<Series> series(int most) {
    return columns.entrySet().stream()
        .map(column -> column.getValue().series(column.getKey(), most))
        .toList();
  }
}
