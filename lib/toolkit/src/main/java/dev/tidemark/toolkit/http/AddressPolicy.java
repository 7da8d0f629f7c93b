package dev.tidemark.toolkit.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Decides on the address a name resolved to, before anything connects to it. The connection goes to
 * exactly the address that was decided on, so a name that resolves differently a moment later
 * changes nothing.
 */
@FunctionalInterface
public interface AddressPolicy {
  /** The reason why the address is refused, or empty when it is allowed. */
  Optional<String> refuse(InetAddress address);

  /** Allows every address: for destinations that an operator wrote into the configuration. */
  static AddressPolicy any() {
    return AnyAddress.ALLOWED;
  }

  /**
   * Refuses what no target of ours can have: link-local, multicast and wildcard addresses and the
   * metadata services of clouds, also where they hide inside an IPv6 address (NAT64, 6to4).
   */
  static AddressPolicy noMetadata() {
    return MetadataAddresses::refuse;
  }

  /** The stricter of both. */
  default AddressPolicy and(AddressPolicy other) {
    return address -> refuse(address).or(() -> other.refuse(address));
  }

  /** Refuses the machine itself. */
  static AddressPolicy noLoopback() {
    return address ->
        MetadataAddresses.unwrapped(address).isLoopbackAddress()
            ? Optional.of("it is a loopback address")
            : Optional.empty();
  }
}
