package io.trakx.netty.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Private keys of the two kinds that certificates for the web have. */
final class PrivateKeys {
  /** How PKCS#5 calls the scheme of which only its parameters say what it is. */
  private static final String PBES2 = "1.2.840.113549.1.5.13";

  private PrivateKeys() {}

  /** Makes a key of its PKCS#8 form (RFC 5958). */
  static PrivateKey parse(byte[] pkcs8) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
    try {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    }
  }

  /**
   * The PKCS#8 form of an encrypted key.
   *
   * @throws GeneralSecurityException if the password is wrong
   * @throws IOException if it is not an encrypted key
   */
  static byte[] decrypt(byte[] encrypted, char[] password)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
    String scheme = info.getAlgName();
    if (scheme.equals(PBES2) || scheme.equals("PBES2")) {
      scheme = info.getAlgParameters().toString();
    }
    Key key = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password));
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
    return info.getKeySpec(cipher).getEncoded();
  }

  /** Whether what {@code key} signs is taken for the work of the certificate's owner. */
  static boolean belongs(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm();
    if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    byte[] sample = {1, 2, 3};
    try {
      Signature signature =
          Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
