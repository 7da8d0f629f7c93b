package dev.tidemark.toolkit.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys from PEM text (RFC 7468): certificate chains, and keys as PKCS#8,
 * PKCS#1 (RSA) or SEC1 (EC). Encrypted keys are refused. Messages name the file, never its content.
 */
public final class Pem {
  // far above any bundle of certificates in use (the public roots are 220 KiB)
  private static final int MAX_BYTES = 4 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448", "DSA");

  private final String name;
  private final String text;

  private Pem(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** Reads a file of at most 4 MiB. */
  public static Pem file(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + " is larger than 4 MiB");
      }
      return new Pem(file.toString(), new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  /** Text that stands in a configuration; {@code name} is what messages call it. */
  public static Pem text(String name, String text) {
    return new Pem(name, text);
  }

  /** All certificates in their order; at least one. */
  public List<X509Certificate> certificates() throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String type = String.valueOf(block.group(1));
      if (type.equals("CERTIFICATE") || type.equals("TRUSTED CERTIFICATE")) {
        InputStream der = new ByteArrayInputStream(decode(String.valueOf(block.group(2))));
        found.add((X509Certificate) factory.generateCertificate(der));
      }
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException(name + " holds no certificate in PEM form");
    }
    return List.copyOf(found);
  }

  /** The first private key. */
  public PrivateKey privateKey() throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String type = String.valueOf(block.group(1));
      String body = String.valueOf(block.group(2));
      if (type.equals("ENCRYPTED PRIVATE KEY") || body.contains("Proc-Type: 4,ENCRYPTED")) {
        throw new GeneralSecurityException(
            name + " is encrypted: give the key without a passphrase");
      }
      byte[] der =
          switch (type) {
            case "PRIVATE KEY" -> decode(body);
            case "RSA PRIVATE KEY" -> Der.rsaToPkcs8(decode(body));
            case "EC PRIVATE KEY" -> Der.ecToPkcs8(decode(body));
            default -> new byte[0];
          };
      if (der.length > 0) {
        return pkcs8(der);
      }
    }
    throw new GeneralSecurityException(name + " holds no private key in PEM form");
  }

  private PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // another algorithm's key: the next one tries
      }
    }
    throw new GeneralSecurityException(name + " holds no RSA, EC, Ed25519 or Ed448 key");
  }

  private byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(name + " is damaged: its base64 text cannot be read");
    }
  }
}
