package dev.tidemark.toolkit.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What the JDK's TLS needs, from PEM. */
public final class TlsMaterial {
  /**
   * Presents a certificate chain with its key.
   *
   * @throws GeneralSecurityException also when the key is not the certificate's
   */
  public static X509ExtendedKeyManager identity(Pem chain, Pem key)
      throws GeneralSecurityException {
    List<X509Certificate> certificates = chain.certificates();
    PrivateKey privateKey = key.privateKey();
    checkPair(certificates.get(0), privateKey);
    KeyStore store = empty();
    store.setKeyEntry("key", privateKey, new char[0], certificates.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  /** Trusts exactly these authorities. */
  public static X509ExtendedTrustManager trust(Pem authorities) throws GeneralSecurityException {
    KeyStore store = empty();
    int number = 0;
    for (X509Certificate authority : authorities.certificates()) {
      store.setCertificateEntry("ca" + number++, authority);
    }
    return trust(store);
  }

  /** Trusts what the JDK trusts. */
  public static X509ExtendedTrustManager publicTrust() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return first(factory);
  }

  private static X509ExtendedTrustManager trust(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return first(factory);
  }

  private static X509ExtendedTrustManager first(TrustManagerFactory factory)
      throws GeneralSecurityException {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("the JDK has no X.509 trust manager");
  }

  private static void checkPair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> "EdDSA";
        };
    byte[] probe = {1, 2, 3, 4};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(probe);
      if (signer.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException("the private key is not the certificate's", e);
    }
    throw new GeneralSecurityException("the private key is not the certificate's");
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
  }

  private TlsMaterial() {}
}
