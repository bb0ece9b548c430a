package io.trakx.netty.persistence;

/**
 * What the process has of memory.
 *
 * @param heapBytes of its heap in use; 0: not known
 * @param residentBytes of it in RAM; 0: not known
 */
public record MemoryUse(long heapBytes, long residentBytes) {
  /** Where nobody looked. */
  public static final MemoryUse UNKNOWN = new MemoryUse(0, 0);
}
