package io.trakx.netty.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
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
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final double startSeconds =
      Unit.millisToSeconds(ManagementFactory.getRuntimeMXBean().getStartTime());
  private final Families<Now> families = new Families<>(families());

  /** What several values are taken from. */
  private record Now(MemoryUsage heap, MemoryUsage nonHeap, long residentBytes) {}

  @Override
  public MetricSnapshots collect() {
    return families.read(
        new Now(
            memory.getHeapMemoryUsage(),
            memory.getNonHeapMemoryUsage(),
            ResidentMemory.bytes().orElse(0)));
  }

  private List<Family<Now>> families() {
    List<Family<Now>> all = new ArrayList<>();
    all.add(
        Family.counter(
            "process_cpu_seconds",
            "Processor time that the process used, in user and in kernel mode.",
            _ -> Unit.nanosToSeconds(Math.max(0, system.getProcessCpuTime()))));
    all.add(
        Family.gauge(
            "process_start_time_seconds",
            "When the process started, in seconds since 1970.",
            _ -> startSeconds));
    if (ResidentMemory.bytes().isPresent()) {
      all.add(
          Family.gauge(
              "process_resident_memory_bytes",
              "Memory of the process that is in RAM; on Linux only.",
              Now::residentBytes));
    }
    all.add(memory("jvm_memory_used_bytes", "Memory in use.", MemoryUsage::getUsed));
    all.add(
        memory(
            "jvm_memory_committed_bytes",
            "Memory that the JVM has from the system.",
            MemoryUsage::getCommitted));
    all.add(
        memory(
            "jvm_memory_max_bytes",
            "The most memory that the JVM takes; -1: no limit.",
            MemoryUsage::getMax));
    all.add(buffers());
    all.add(
        Family.gauge(
            "trakx_network_buffers_bytes",
            "Direct memory that Netty reserved past the JVM's own count.",
            _ -> Math.max(0, PlatformDependent.usedDirectMemory())));
    all.add(collections());
    all.add(
        Family.gauge("jvm_threads_current", "Threads that live.", _ -> threads.getThreadCount()));
    return all;
  }

  private static Family<Now> memory(String name, String help, ToLongFunction<MemoryUsage> figure) {
    return Family.gauge(
        name,
        help,
        List.of(
            Sample.measured(now -> figure.applyAsLong(now.heap()), "area", "heap"),
            Sample.measured(now -> figure.applyAsLong(now.nonHeap()), "area", "nonheap")));
  }

  private static Family<Now> buffers() {
    List<Sample<Now, GaugeDataPointSnapshot>> samples = new ArrayList<>();
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      samples.add(Sample.measured(_ -> Math.max(0, pool.getMemoryUsed()), "pool", pool.getName()));
    }
    return Family.gauge(
        "jvm_buffer_pool_used_bytes",
        "Memory outside of the heap that buffers have, by kind.",
        samples);
  }

  private static Family<Now> collections() {
    List<Sample<Now, SummaryDataPointSnapshot>> samples = new ArrayList<>();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      samples.add(
          Sample.summed(
              _ -> Math.max(0, collector.getCollectionCount()),
              _ -> Unit.millisToSeconds(Math.max(0, collector.getCollectionTime())),
              "gc",
              collector.getName()));
    }
    return Family.summary(
        "jvm_gc_collection_seconds",
        "How often the garbage collector worked, and how long.",
        samples);
  }
}
