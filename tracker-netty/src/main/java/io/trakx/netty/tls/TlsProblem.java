package io.trakx.netty.tls;

import java.nio.file.Path;

/**
 * What is wrong with one of the files of a certificate.
 *
 * @param part which one
 * @param file the file
 * @param reason what is wrong, as the end of a sentence that begins with the file
 * @param expected what would be right
 */
public record TlsProblem(Part part, Path file, String reason, String expected) {
  /** The files, by the setting that names each. */
  public enum Part {
    CERTIFICATE("https.certificate"),
    PRIVATE_KEY("https.private_key"),
    PASSWORD("https.private_key_password_file");

    private final String key;

    Part(String key) {
      this.key = key;
    }

    /** The setting's key. */
    public String key() {
      return key;
    }
  }

  @Override
  public String toString() {
    return "%s, %s, %s; expected %s".formatted(part.key(), file, reason, expected);
  }
}
