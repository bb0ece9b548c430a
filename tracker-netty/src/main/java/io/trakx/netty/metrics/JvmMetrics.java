package io.trakx.netty.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * The process and its JVM, under the names that Prometheus' client libraries give them.
 *
 * <p>Open files are not among them: the JVM counts them by listing them all, which takes the longer
 * the more connections there are.
 */
public final class JvmMetrics implements MultiCollector {
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final List<BufferPoolMXBean> bufferPools =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder all =
        MetricSnapshots.builder()
            .metricSnapshot(cpu())
            .metricSnapshot(startTime())
            .metricSnapshot(memory("jvm_memory_used_bytes", "Memory in use.", MemoryUsage::getUsed))
            .metricSnapshot(
                memory(
                    "jvm_memory_committed_bytes",
                    "Memory that the JVM has from the system.",
                    MemoryUsage::getCommitted))
            .metricSnapshot(
                memory(
                    "jvm_memory_max_bytes",
                    "The most memory that the JVM takes; -1: no limit.",
                    MemoryUsage::getMax))
            .metricSnapshot(buffers())
            .metricSnapshot(
                Samples.gauge(
                    "trakx_network_buffers_bytes",
                    "Direct memory that Netty reserved past the JVM's own count.",
                    Math.max(0, PlatformDependent.usedDirectMemory())))
            .metricSnapshot(collections())
            .metricSnapshot(
                Samples.gauge(
                    "jvm_threads_current", "Threads that live.", threads.getThreadCount()));
    OptionalLong resident = ResidentMemory.bytes();
    if (resident.isPresent()) {
      all.metricSnapshot(
          Samples.gauge(
              "process_resident_memory_bytes",
              "Memory of the process that is in RAM; on Linux only.",
              resident.getAsLong()));
    }
    return all.build();
  }

  private CounterSnapshot cpu() {
    return CounterSnapshot.builder()
        .name("process_cpu_seconds")
        .unit(Unit.SECONDS)
        .help("Processor time that the process used, in user and in kernel mode.")
        .dataPoint(
            CounterDataPointSnapshot.builder()
                .value(Unit.nanosToSeconds(Math.max(0, system.getProcessCpuTime())))
                .build())
        .build();
  }

  private GaugeSnapshot startTime() {
    return GaugeSnapshot.builder()
        .name("process_start_time_seconds")
        .unit(Unit.SECONDS)
        .help("When the process started, in seconds since 1970.")
        .dataPoint(
            GaugeDataPointSnapshot.builder()
                .value(Unit.millisToSeconds(runtime.getStartTime()))
                .build())
        .build();
  }

  private GaugeSnapshot memory(String name, String help, ToLongFunction<MemoryUsage> figure) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            Samples.measured(figure.applyAsLong(memory.getHeapMemoryUsage()), "area", "heap"))
        .dataPoint(
            Samples.measured(figure.applyAsLong(memory.getNonHeapMemoryUsage()), "area", "nonheap"))
        .build();
  }

  private GaugeSnapshot buffers() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("jvm_buffer_pool_used_bytes")
            .help("Memory outside of the heap that buffers have, by kind.");
    for (BufferPoolMXBean pool : bufferPools) {
      family.dataPoint(Samples.measured(Math.max(0, pool.getMemoryUsed()), "pool", pool.getName()));
    }
    return family.build();
  }

  private SummarySnapshot collections() {
    SummarySnapshot.Builder family =
        SummarySnapshot.builder()
            .name("jvm_gc_collection_seconds")
            .unit(Unit.SECONDS)
            .help("How often the garbage collector worked, and how long.");
    for (GarbageCollectorMXBean collector : collectors) {
      SummaryDataPointSnapshot.Builder point =
          SummaryDataPointSnapshot.builder().count(Math.max(0, collector.getCollectionCount()));
      point.sum(Unit.millisToSeconds(Math.max(0, collector.getCollectionTime())));
      point.labels(Labels.of("gc", collector.getName()));
      family.dataPoint(point.build());
    }
    return family.build();
  }
}
