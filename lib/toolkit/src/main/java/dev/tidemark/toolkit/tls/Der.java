package dev.tidemark.toolkit.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The few DER rules (ITU-T X.690) that turn the older key formats into PKCS#8 (RFC 5208), which is
 * the only one the JDK reads.
 */
final class Der {
  private static final byte[] VERSION_0 = {2, 1, 0};
  // AlgorithmIdentifier { rsaEncryption 1.2.840.113549.1.1.1, NULL }
  private static final byte[] RSA = {
    0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };
  // id-ecPublicKey 1.2.840.10045.2.1
  private static final byte[] EC_OID = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  /** RFC 8017 RSAPrivateKey. */
  static byte[] rsaToPkcs8(byte[] key) {
    return tagged(0x30, VERSION_0, RSA, tagged(4, key));
  }

  /** RFC 5915 ECPrivateKey; the curve stands in its [0] parameters. */
  static byte[] ecToPkcs8(byte[] key) throws GeneralSecurityException {
    try {
      int at = headerEnd(key, 0);
      while (at < key.length && (key[at] & 0xff) != 0xa0) {
        at = headerEnd(key, at) + length(key, at);
      }
      int from = headerEnd(key, at);
      byte[] curve = Arrays.copyOfRange(key, from, from + length(key, at));
      return tagged(0x30, VERSION_0, tagged(0x30, EC_OID, curve), tagged(4, key));
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new GeneralSecurityException("an EC key that does not name its curve", e);
    }
  }

  private static int headerEnd(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = length << 8 | (der[at + 2 + i] & 0xff);
    }
    if (length < 0 || length > der.length) {
      throw new ArrayIndexOutOfBoundsException(length);
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = body.size();
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  private Der() {}
}
