package io.trakx.bench.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.SocketException;

/**
 * The few system calls that the generator makes, without anything between.
 *
 * <p>A connection made through {@code java.nio.channels} costs several objects, two registrations
 * and a selection key set; here it costs its system calls. Each method returns what the call does,
 * or the negated {@code errno}. Used by one thread at a time.
 */
final class Linux implements AutoCloseable {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_STREAM = 1;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int EPOLLIN = 1;
  static final int EPOLLOUT = 4;
  static final int EPOLL_CTL_ADD = 1;
  static final int EPOLL_CTL_MOD = 3;
  static final int EAGAIN = 11;
  static final int EINTR = 4;
  static final int EINPROGRESS = 115;
  static final int MSG_NOSIGNAL = 0x4000;

  /** {@code IPPROTO_IP}, {@code IP_BIND_ADDRESS_NO_PORT}: the port is chosen when connecting. */
  static final int IPPROTO_IP = 0;

  static final int IP_BIND_ADDRESS_NO_PORT = 24;

  /**
   * {@code struct epoll_event}: events (4 bytes), then 8 bytes of the caller's; packed on x86-64.
   */
  static final long EVENT_DATA =
      System.getProperty("os.arch", "").equals("amd64") ? Integer.BYTES : Long.BYTES;

  static final long EVENT_BYTES = EVENT_DATA + Long.BYTES;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      STATE.varHandle(StructLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      find(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle BIND =
      find("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CONNECT =
      find("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      find("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      find("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CREATE1 =
      find("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CTL =
      find("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EPOLL_WAIT =
      find("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(STATE);
  private final MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
  private final MemorySegment event = arena.allocate(EVENT_BYTES, Long.BYTES);

  private static MethodHandle find(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, ERRNO);
  }

  /** Memory that lives as long as this object, all zero. */
  MemorySegment allocate(long bytes) {
    return arena.allocate(bytes, Long.BYTES);
  }

  /** A socket that does not block. */
  int socket(int family, int type) {
    try {
      int flags = type | SOCK_NONBLOCK | SOCK_CLOEXEC;
      return result((int) SOCKET.invokeExact(state, family, flags, 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Switches a socket option on. */
  int switchOn(int socket, int level, int option) {
    try {
      return result(
          (int) SETSOCKOPT.invokeExact(state, socket, level, option, one, (int) one.byteSize()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int bind(int socket, MemorySegment address) {
    try {
      return result((int) BIND.invokeExact(state, socket, address, (int) address.byteSize()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int connect(int socket, MemorySegment address) {
    try {
      return result((int) CONNECT.invokeExact(state, socket, address, (int) address.byteSize()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int send(int socket, MemorySegment bytes, long length) {
    try {
      return result((long) SEND.invokeExact(state, socket, bytes, length, MSG_NOSIGNAL));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int receive(int socket, MemorySegment bytes, long length) {
    try {
      return result((long) RECV.invokeExact(state, socket, bytes, length, 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int close(int descriptor) {
    try {
      return result((int) CLOSE.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int epollCreate() {
    try {
      return result((int) EPOLL_CREATE1.invokeExact(state, SOCK_CLOEXEC));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int epollControl(int epoll, int operation, int descriptor, int interest, long data) {
    event.set(JAVA_INT, 0, interest);
    event.set(Poller.UNALIGNED_LONG, EVENT_DATA, data);
    try {
      return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, descriptor, event));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  int epollWait(int epoll, MemorySegment events, int most, int timeoutMillis) {
    try {
      return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, most, timeoutMillis));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Passes a result of 0 or more on, and throws what else it says. */
  static int must(String call, int result) {
    if (result < 0) {
      throw new UncheckedIOException(new SocketException(call + " failed with errno " + -result));
    }
    return result;
  }

  private int result(long returned) {
    return returned >= 0 ? (int) returned : -(int) ERRNO_VALUE.get(state, 0L);
  }

  private static AssertionError impossible(Throwable e) {
    return new AssertionError("a method handle was called with other types than its own", e);
  }

  @Override
  public void close() {
    arena.close();
  }
}
