package io.trakx.netty.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * The JVM's memory under the names of Go's {@code runtime.MemStats}, as {@code expvar} shows them.
 *
 * <p>Netdata's go_expvar collector reads the fields marked with a star and fails if one is missing.
 * Sizes are bytes.
 *
 * <table>
 * <caption>What each field is here</caption>
 * <tr><th>field</th><th>in Go</th><th>here</th></tr>
 * <tr><td>HeapAlloc *, Alloc</td><td>objects, dead ones not yet swept included</td>
 *     <td>used heap, garbage not yet collected included</td></tr>
 * <tr><td>HeapInuse *</td><td>spans in use</td><td>committed heap</td></tr>
 * <tr><td>HeapSys</td><td>address space for the heap</td><td>the largest heap allowed</td></tr>
 * <tr><td>HeapIdle, HeapReleased</td><td>unused spans, those given back</td>
 *     <td>HeapSys less HeapInuse</td></tr>
 * <tr><td>TotalAlloc</td><td>bytes allocated ever</td>
 *     <td>bytes allocated ever, by threads that ended, too</td></tr>
 * <tr><td>Mallocs *, Frees *, HeapObjects</td><td>objects allocated, freed, alive</td>
 *     <td>the JVM counts bytes and not objects: the smallest objects (as large as the alignment)
 *     that TotalAlloc and HeapAlloc have room for, an upper bound; Frees is Mallocs less
 *     HeapObjects</td></tr>
 * <tr><td>StackInuse *, StackSys</td><td>stacks</td>
 *     <td>address space of the stacks of all live threads</td></tr>
 * <tr><td>MSpanInuse *, MSpanSys</td><td>the heap's own bookkeeping</td>
 *     <td>metaspace used, committed: what the JVM keeps about the heap's classes</td></tr>
 * <tr><td>MCacheInuse *, MCacheSys</td><td>caches of the allocator</td>
 *     <td>direct memory: the network buffers that Netty's allocator keeps for each thread</td></tr>
 * <tr><td>OtherSys</td><td>the rest</td><td>committed outside of the heap less metaspace: compiled
 *     code, compressed class space</td></tr>
 * <tr><td>Sys *</td><td>all of the above obtained from the system</td><td>the sum of HeapSys,
 *     StackSys, MSpanSys, MCacheSys and OtherSys</td></tr>
 * <tr><td>NumGC, PauseTotalNs, PauseNs *, LastGC</td><td>stops for collection, the last 256 as a
 *     ring, end of the last (Unix time, ns)</td><td>the same, of collections that stop the process;
 *     see {@link GcPauses}</td></tr>
 * </table>
 *
 * <p>Thread-safe.
 */
final class MemStats implements AutoCloseable {
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final List<BufferPoolMXBean> bufferPools =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  private final List<MemoryPoolMXBean> metaspaces =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().equals("Metaspace"))
          .toList();
  private final long stackBytes = 1024 * option("ThreadStackSize");
  private final long alignmentBytes = option("ObjectAlignmentInBytes");
  private final GcPauses pauses = new GcPauses();

  /** Writes the fields of the {@code memstats} object. */
  void write(JsonGenerator json) throws IOException {
    MemoryUsage heap = memory.getHeapMemoryUsage();
    long heapSys = Math.max(heap.getMax(), heap.getCommitted());
    long allocated = Math.max(threads.getTotalThreadAllocatedBytes(), heap.getUsed());
    long objects = heap.getUsed() / alignmentBytes;
    json.writeNumberField("Alloc", heap.getUsed());
    json.writeNumberField("TotalAlloc", allocated);
    json.writeNumberField("Mallocs", allocated / alignmentBytes);
    json.writeNumberField("Frees", allocated / alignmentBytes - objects);
    json.writeNumberField("HeapAlloc", heap.getUsed());
    json.writeNumberField("HeapSys", heapSys);
    json.writeNumberField("HeapIdle", heapSys - heap.getCommitted());
    json.writeNumberField("HeapInuse", heap.getCommitted());
    json.writeNumberField("HeapReleased", heapSys - heap.getCommitted());
    json.writeNumberField("HeapObjects", objects);
    writeOutsideOfHeap(json, heapSys);
    writePauses(json);
  }

  private void writeOutsideOfHeap(JsonGenerator json, long heapSys) throws IOException {
    long stacks = threads.getThreadCount() * stackBytes;
    long metaspaceUsed = 0;
    long metaspaceCommitted = 0;
    for (MemoryPoolMXBean metaspace : metaspaces) {
      MemoryUsage usage = metaspace.getUsage();
      metaspaceUsed += usage.getUsed();
      metaspaceCommitted += usage.getCommitted();
    }
    long direct = directBytes();
    long other = Math.max(0, memory.getNonHeapMemoryUsage().getCommitted() - metaspaceCommitted);
    json.writeNumberField("StackInuse", stacks);
    json.writeNumberField("StackSys", stacks);
    json.writeNumberField("MSpanInuse", metaspaceUsed);
    json.writeNumberField("MSpanSys", metaspaceCommitted);
    json.writeNumberField("MCacheInuse", direct);
    json.writeNumberField("MCacheSys", direct);
    json.writeNumberField("OtherSys", other);
    json.writeNumberField("Sys", heapSys + stacks + metaspaceCommitted + direct + other);
  }

  private void writePauses(JsonGenerator json) throws IOException {
    GcPauses.Snapshot snapshot = pauses.snapshot();
    json.writeNumberField("NumGC", snapshot.count());
    json.writeNumberField("LastGC", snapshot.lastEndUnixNanos());
    json.writeNumberField("PauseTotalNs", snapshot.totalNanos());
    json.writeArrayFieldStart("PauseNs");
    for (long nanos : snapshot.nanos()) {
      json.writeNumber(nanos);
    }
    json.writeEndArray();
  }

  /** Direct memory by the JVM's count and, where Netty reserves past the JVM, by Netty's. */
  private long directBytes() {
    long bytes = Math.max(0, PlatformDependent.usedDirectMemory());
    for (BufferPoolMXBean pool : bufferPools) {
      if (pool.getName().equals("direct")) {
        bytes += Math.max(0, pool.getMemoryUsed());
      }
    }
    return bytes;
  }

  private static long option(String name) {
    return Long.parseLong(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(name)
            .getValue());
  }

  @Override
  public void close() {
    pauses.close();
  }
}
