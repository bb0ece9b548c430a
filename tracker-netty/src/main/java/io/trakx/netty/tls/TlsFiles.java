package io.trakx.netty.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the certificate of the server is.
 *
 * @param certificate a PEM file: the server's own certificate, then those of its issuers
 * @param privateKey a PEM file: its private key, in PKCS#8
 * @param password a file of one line, the password of that key if it is encrypted
 */
public record TlsFiles(Path certificate, Path privateKey, Optional<Path> password) {
  /**
   * Reads the files as they are now.
   *
   * @throws BadCredentialsException with all that is wrong with them
   */
  public Credentials read() throws BadCredentialsException {
    return new CredentialsReader(this).read();
  }
}
