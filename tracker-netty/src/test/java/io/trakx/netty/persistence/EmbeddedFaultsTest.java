package io.trakx.netty.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to the embedded database's file, and who may reach it. */
class EmbeddedFaultsTest {
  private static final int DISK_MIB = 64;

  private final FakeTime time = new FakeTime();
  private final UUID writer = UUID.randomUUID();

  @TempDir private Path directory;

  @Test
  void listensOnTheLoopbackOnly() throws Exception {
    try (Life life =
        new Life(DatabaseOptions.defaults(DatabaseUrl.parse("", directory)), writer, time)) {
      life.work();
      Properties lock = new Properties();
      try (var in = Files.newInputStream(directory.resolve("trakx.lock.db"))) {
        lock.load(in);
      }
      String server = lock.getProperty("server");
      int port = Integer.parseInt(server.substring(server.indexOf(':') + 1));
      for (InetAddress address :
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress())
              .toList()) {
        assertThat(accepts(address, port)).as("%s", address).isFalse();
      }
      assertThat(accepts(InetAddress.getLoopbackAddress(), port)).isTrue();
    }
  }

  private static boolean accepts(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @Tag("slow")
  void aFullDiskLosesNothingButTime() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount a small disk");
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", disk.toString()));
    try (Life life =
        new Life(
            DatabaseOptions.defaults(DatabaseUrl.parse("", disk)), writer, time, null, 1_000)) {
      life.swarms.complete(0, 1);
      life.work();
      life.flushAll();
      Path filler = disk.resolve("filler");
      fill(filler);
      int torrents = 20_000;
      for (int torrent = 0; torrent < torrents; torrent++) {
        life.swarms.complete(torrent, 2);
      }
      time.pass(Duration.ofMinutes(1));
      life.work();
      assertThat(life.status().trouble()).isPresent();
      Files.delete(filler);
      time.pass(Duration.ofMinutes(1));
      life.work();
      life.flushAll();
      assertThat(life.status().trouble()).isEmpty();
      assertThat(DatabaseContract.row(life, 0)).isEqualTo("2/0/2");
      for (int torrent = 1; torrent < torrents; torrent += 97) {
        assertThat(DatabaseContract.row(life, torrent)).isEqualTo("1/0/1");
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full now.
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
