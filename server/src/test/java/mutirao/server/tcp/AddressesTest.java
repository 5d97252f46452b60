package mutirao.server.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import mutirao.server.tcp.Addresses.Verdict;
import org.junit.jupiter.api.Test;

/** SEC-14: what one address may take of all connections. */
class AddressesTest {
  private final Addresses addresses = new Addresses(2);

  private Verdict enter(String address) throws Exception {
    return addresses.enter(InetAddress.getByName(address));
  }

  @Test
  void sec14AnAddressHasItsBoundAndOthersAreNotAffected() throws Exception {
    assertEquals(Verdict.WELCOME, enter("192.0.2.1"));
    assertEquals(Verdict.WELCOME, enter("192.0.2.1"));
    assertEquals(Verdict.TOO_MANY, enter("192.0.2.1"));
    assertEquals(Verdict.TOO_MANY, enter("192.0.2.1"));
    assertEquals(Verdict.FLOOD, enter("192.0.2.1"));
    assertEquals(Verdict.WELCOME, enter("192.0.2.2"));
  }

  @Test
  void whoLeavesMakesRoomAndIsForgotten() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.1");
    for (int i = 0; i < 5; i++) {
      addresses.enter(address);
    }
    for (int i = 0; i < 4; i++) {
      addresses.leave(address);
    }
    assertEquals(Verdict.WELCOME, addresses.enter(address));
    assertEquals(Verdict.TOO_MANY, addresses.enter(address));
    for (int i = 0; i < 3; i++) {
      addresses.leave(address);
    }
    assertEquals(0, addresses.size());
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    assertEquals(Verdict.WELCOME, enter("2001:db8:1:2::1"));
    assertEquals(Verdict.WELCOME, enter("2001:db8:1:2::2"));
    assertEquals(Verdict.TOO_MANY, enter("2001:db8:1:2:ffff::3"));
    assertEquals(Verdict.WELCOME, enter("2001:db8:1:3::1"));
  }

  @Test
  void thisMachineIsNotCounted() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertEquals(Verdict.WELCOME, enter("127.0.0.1"));
      assertEquals(Verdict.WELCOME, enter("::1"));
    }
    assertEquals(0, addresses.size());
  }
}
