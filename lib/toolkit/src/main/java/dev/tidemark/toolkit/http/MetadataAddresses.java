package dev.tidemark.toolkit.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The addresses of {@link AddressPolicy#noMetadata()}. */
final class MetadataAddresses {
  // Azure's wire server, Alibaba's and Oracle's metadata, AWS' over IPv6; the others are link-local
  private static final Set<String> CLOUD =
      Set.of("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  static Optional<String> refuse(InetAddress outer) {
    InetAddress address = unwrapped(outer);
    if (address.isLinkLocalAddress()) {
      return Optional.of("it is a link-local address, where clouds keep their credentials");
    }
    if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
      return Optional.of("it is no address of one machine");
    }
    if (CLOUD.contains(address.getHostAddress())) {
      return Optional.of("it is a cloud's metadata service");
    }
    return Optional.empty();
  }

  /** The IPv4 address inside a NAT64 (RFC 6052), 6to4 (RFC 3056) or IPv4-compatible address. */
  static InetAddress unwrapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return address;
    }
    if (Arrays.equals(bytes, 0, 12, NAT64, 0, 12)) {
      return v4(bytes, 12);
    }
    if (bytes[0] == 0x20 && bytes[1] == 0x02) {
      return v4(bytes, 2);
    }
    boolean compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12) && bytes[12] != 0;
    return compatible ? v4(bytes, 12) : address;
  }

  private static InetAddress v4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are always an address", e);
    }
  }

  private MetadataAddresses() {}
}
