package io.trakx.netty.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trakx.core.access.InfoHashList;
import io.trakx.core.protocol.Bytes20;
import io.trakx.netty.persistence.Ban;
import io.trakx.netty.snapshot.WholeFile;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds the bans as the database told of them last, in UTF-8:
 *
 * <pre>
 * trakx bans 1
 * 0123456789abcdef0123456789abcdef01234567 why it is banned
 * 89abcdef0123456789abcdef0123456789abcdef
 * end SHA-256 of all before this line, in hexadecimal
 * </pre>
 *
 * <p>It has some hundred bytes a ban at most, and is read and written line by line. For one thread.
 */
final class BanFile {
  private static final String HEADER = "trakx bans 1";
  private static final String END = "end ";
  private static final int HEX_DIGITS = 2 * Bytes20.BYTES;
  private static final HexFormat HEX = HexFormat.of();

  private final WholeFile file;

  /** What the file holds, if it has been read or written. */
  private byte @Nullable [] digest;

  /**
   * @param path in a directory that exists
   */
  BanFile(Path path, InstantSource wallClock) {
    file = new WholeFile(path, wallClock);
  }

  /**
   * Reads it.
   *
   * @return empty if there is none
   * @throws IOException if it cannot be read or is not what was written; the message is one line
   */
  Optional<InfoHashList> read() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file.path(), UTF_8)) {
      return Optional.of(read(lines));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    } catch (FileSystemException e) {
      throw new IOException("reading it failed: " + e, e);
    }
  }

  private InfoHashList read(BufferedReader lines) throws IOException {
    MessageDigest read = sha256();
    InfoHashList.Builder list = new InfoHashList.Builder();
    String line = lines.readLine();
    if (!HEADER.equals(line)) {
      throw new IOException("it does not begin as a file of bans does");
    }
    while (line != null && !line.startsWith(END)) {
      read.update((line + '\n').getBytes(UTF_8));
      line = lines.readLine();
      if (line != null && !line.startsWith(END)) {
        add(line, list);
      }
    }
    byte[] now = read.digest();
    if (line == null) {
      throw new IOException("its end is missing");
    }
    if (!line.equals(END + HEX.formatHex(now)) || lines.readLine() != null) {
      throw new IOException("its checksum is wrong");
    }
    digest = now;
    return list.build();
  }

  private static void add(String line, InfoHashList.Builder list) throws IOException {
    if (line.length() < HEX_DIGITS
        || (line.length() > HEX_DIGITS && line.charAt(HEX_DIGITS) != ' ')
        || !line.chars().limit(HEX_DIGITS).allMatch(HexFormat::isHexDigit)) {
      throw new IOException("it has a line that is no ban");
    }
    Bytes20 infoHash = new Bytes20();
    infoHash.read(HEX.parseHex(line, 0, HEX_DIGITS), 0);
    list.add(infoHash, line.substring(HEX_DIGITS));
  }

  /** Renames it, so that it is not read again; null if that fails. */
  @Nullable Path setAside() {
    return file.setAside();
  }

  /**
   * Has it hold these bans from now on, if it does not already.
   *
   * @throws IOException if that failed; it is as it was
   */
  void write(List<Ban> bans) throws IOException {
    byte[] wanted = write(bans, OutputStream.nullOutputStream());
    boolean nothingYet = bans.isEmpty() && digest == null;
    if (nothingYet || Arrays.equals(wanted, digest)) {
      return;
    }
    digest = file.replace(channel -> write(bans, Channels.newOutputStream(channel)));
  }

  /** Writes all to {@code out}, and returns the digest. */
  private static byte[] write(List<Ban> bans, OutputStream out) throws IOException {
    BufferedOutputStream buffer = new BufferedOutputStream(out, 1 << 16);
    DigestOutputStream digested = new DigestOutputStream(buffer, sha256());
    digested.write((HEADER + '\n').getBytes(UTF_8));
    for (Ban ban : bans) {
      String reason = InfoHashList.cleanReason(ban.reason().orElse(""));
      digested.write(
          (ban.infoHash() + (reason == null ? "\n" : ' ' + reason + '\n')).getBytes(UTF_8));
    }
    byte[] digest = digested.getMessageDigest().digest();
    buffer.write((END + HEX.formatHex(digest) + '\n').getBytes(UTF_8));
    buffer.flush();
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
